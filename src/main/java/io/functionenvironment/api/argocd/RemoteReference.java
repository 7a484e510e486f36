package io.functionenvironment.api.argocd;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Something that a source names in its fields and that is not in its repository: a values file of Helm, which Argo CD reads from an
 * address if it has a scheme (Argo CD 3.4, {@code util/io/path}), or a component of Kustomize, which is remote also without one
 * (Kustomize 5, {@code internal/git/repospec}).
 *
 * @param path of the field
 * @param url where it is; empty if that is not clear
 */
public record RemoteReference(String path, Optional<RepositoryUrl> url) {
    private static final String SCHEME = "(?i)[a-z][-+.a-z0-9]*:.*";
    private static final Pattern FILE = Pattern.compile(SCHEME);
    /** Also with a user, and with what may be a host in the place of the first folder. */
    private static final Pattern COMPONENT = Pattern.compile(SCHEME + "|(?>[^/]*@).*|(?![.]{1,2}/)[^/.]*+[.][^/]*+/.*");

    static List<RemoteReference> of(Source source) {
        return Stream.concat(
                        items(source, FILE, "helm", "valueFiles"), items(source, COMPONENT, "kustomize", "components"))
                .toList();
    }

    private static Stream<RemoteReference> items(Source source, Pattern remote, String way, String field) {
        var items = source.json().items(way, field);
        return IntStream.range(0, items.size())
                .boxed()
                .flatMap(index -> items.get(index).text().stream()
                        .filter(text -> remote.matcher(text).matches())
                        .map(text -> new RemoteReference(
                                source.path() + "." + way + "." + field + "[" + index + "]",
                                RepositoryUrl.parse(remote == COMPONENT ? repository(text) : withoutQuery(text)))));
    }

    /** Kustomize ends the address of a repository at two slashes. */
    private static String repository(String text) {
        return withoutQuery(text).replaceFirst("^git::", "").replaceFirst("(?<![:/])//.*$", "");
    }

    private static String withoutQuery(String text) {
        return text.replaceFirst("[?#].*$", "");
    }
}

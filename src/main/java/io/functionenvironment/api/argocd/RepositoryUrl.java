package io.functionenvironment.api.argocd;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a repository in one of the forms that Argo CD reads.
 *
 * @param scheme {@code https}, {@code http}, {@code ssh} or {@code oci}; empty for a Helm repository in an OCI registry, which Argo CD
 *     wants without a scheme
 * @param host with the port, if there is one
 * @param path without slashes at its ends
 */
public record RepositoryUrl(String scheme, String host, String path) {
    private static final String HOST = "[a-zA-Z0-9]([-a-zA-Z0-9.]{0,251}[a-zA-Z0-9])?(:[0-9]{1,5})?";
    /** No segment is {@code .} or {@code ..}, so that a path cannot lead out of what the platform allows. */
    private static final String PATH = "((?!\\.{1,2}(/|$))[-A-Za-z0-9._~+]{1,128}/?)*";

    private static final Pattern URL =
            Pattern.compile("(?=.{1,512}$)(https?|ssh|oci)://([-a-zA-Z0-9_.]{1,64}@)?(" + HOST + ")/?(" + PATH + ")");
    private static final Pattern SCP =
            Pattern.compile("(?=.{1,512}$)[-a-zA-Z0-9_.]{1,64}@(" + HOST + "):/?(" + PATH + ")");
    private static final Pattern REGISTRY = Pattern.compile("(?=.{1,512}$)(" + HOST + ")(?:/(" + PATH + "))?");

    /** What {@link #parse} understands, in words. */
    public static final String ALLOWED =
            "the address of a Git, Helm or OCI repository, like https://git.example.com/team/app.git,"
                    + " git@git.example.com:team/app.git or oci://registry.example.com/charts, without a password";

    /** The parts of an address; empty for one that Argo CD does not read. */
    public static Optional<RepositoryUrl> parse(String text) {
        var url = URL.matcher(text);
        if (url.matches()) {
            var user = Optional.ofNullable(url.group(2)).isPresent();
            return Optional.of(new RepositoryUrl(url.group(1), lower(url.group(3)), path(url.group(6))))
                    .filter(parsed -> !user || parsed.scheme.equals("ssh"));
        }
        var scp = SCP.matcher(text);
        if (scp.matches()) {
            return Optional.of(new RepositoryUrl("ssh", lower(scp.group(1)), path(scp.group(4))));
        }
        var registry = REGISTRY.matcher(text);
        return registry.matches()
                ? Optional.of(new RepositoryUrl(
                        "",
                        lower(registry.group(1)),
                        Optional.ofNullable(registry.group(4))
                                .map(RepositoryUrl::path)
                                .orElse("")))
                : Optional.empty();
    }

    /** Whether it is below one of the places that a platform allows, each a host, or a host and the beginning of a path. */
    public boolean within(String allowed) {
        var slash = allowed.indexOf('/');
        var allowedHost = slash < 0 ? allowed : allowed.substring(0, slash);
        var allowedPath = slash < 0 ? "" : path(allowed.substring(slash + 1));
        return host.equals(lower(allowedHost))
                && (allowedPath.isEmpty() || path.equals(allowedPath) || path.startsWith(allowedPath + "/"));
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /** Both forms of a Git repository's name are the same repository. */
    private static String path(String text) {
        return text.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    }
}

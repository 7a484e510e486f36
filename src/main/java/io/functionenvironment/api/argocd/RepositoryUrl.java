package io.functionenvironment.api.argocd;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a repository in one of the forms that Argo CD reads. Every form ends its host at a slash, at the colon before a
 * path, or at the end of the text, so that what is compared with the hosts of a platform is what Git connects to.
 *
 * @param scheme {@code https}, {@code http}, {@code ssh} or {@code oci}; empty for a Helm repository in an OCI registry, which Argo CD
 *     wants without a scheme
 * @param host with the port, if there is one
 * @param path without slashes at its ends, and without {@code .git}
 */
public record RepositoryUrl(String scheme, String host, String path) {
    private static final String NAME = "[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?";
    private static final String HOST = NAME + "(:[0-9]{1,5})?";
    private static final String USER = "[a-zA-Z0-9_][-a-zA-Z0-9_.]*@";
    /** Azure DevOps has spaces in the names of projects. */
    private static final String SEGMENT = "([-A-Za-z0-9._~+]|%20)++";

    private static final String PATH = SEGMENT + "(/" + SEGMENT + ")*+";

    private static final Pattern URL = Pattern.compile("((?<scheme>https?|oci)://|(?<ssh>ssh)://(" + USER
            + ")?)(?<host>" + HOST + ")(/(?<path>" + PATH + ")?/?)?");
    private static final Pattern SCP = Pattern.compile(USER + "(?<host>" + NAME + "):/?(?<path>" + PATH + ")/?");
    private static final Pattern REGISTRY = Pattern.compile("(?<host>" + HOST + ")(/(?<path>" + PATH + ")?/?)?");
    /** With these, a path could lead out of what the platform allows. */
    private static final Pattern DOTS = Pattern.compile("(^|[/:])[.]{1,2}(/|$)");

    private static final int MOST = 512;

    /** What {@link #parse} understands, in words. */
    public static final String ALLOWED =
            "the address of a Git, Helm or OCI repository, like https://git.example.com/team/app.git,"
                    + " git@git.example.com:team/app.git or oci://registry.example.com/charts, without a password";

    /** The parts of an address; empty for one that Argo CD does not read. */
    public static Optional<RepositoryUrl> parse(String text) {
        if (text.length() > MOST || DOTS.matcher(text).find()) {
            return Optional.empty();
        }
        var url = URL.matcher(text);
        if (url.matches()) {
            var scheme = Optional.ofNullable(url.group("scheme")).orElse("ssh");
            return Optional.of(of(scheme, url.group("host"), Optional.ofNullable(url.group("path"))));
        }
        var scp = SCP.matcher(text);
        if (scp.matches()) {
            return Optional.of(of("ssh", scp.group("host"), Optional.of(scp.group("path"))));
        }
        var registry = REGISTRY.matcher(text);
        return registry.matches()
                ? Optional.of(of("", registry.group("host"), Optional.ofNullable(registry.group("path"))))
                : Optional.empty();
    }

    /** Whether it has a user name or a password where HTTP has them. */
    static boolean hasCredentials(String text) {
        return text.matches("(?is)(https?|oci)://[^/]*@.*");
    }

    private static RepositoryUrl of(String scheme, String host, Optional<String> path) {
        return new RepositoryUrl(
                scheme, lower(host), path.map(RepositoryUrl::path).orElse(""));
    }

    /** Whether it is below one of the places that a platform allows, each a host, or a host and the beginning of a path. */
    public boolean within(String allowed) {
        var slash = allowed.indexOf('/');
        var allowedHost = slash < 0 ? allowed : allowed.substring(0, slash);
        var allowedPath = slash < 0 ? "" : path(allowed.substring(slash + 1));
        return host.equals(lower(allowedHost))
                && (allowedPath.isEmpty() || path.equals(allowedPath) || path.startsWith(allowedPath + "/"));
    }

    /** The host and the path, in the form in which Settings name places. */
    public String place() {
        return path.isEmpty() ? host : host + "/" + path;
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    /** Both forms of a Git repository's name are the same repository. */
    private static String path(String text) {
        return text.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    }
}

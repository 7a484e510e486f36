package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads charts and reports their errors. */
public final class ChartReader {
    /**
     * Lower case, because provider-helm parses every repository as an image reference. No segment begins with a dot, so that
     * {@code ..} cannot lead out of a repository that the platform allows. Helm itself adds {@code index.yaml}.
     */
    public static final Pattern REPOSITORY =
            Pattern.compile("(?=.{1,512}$)(?!https?://.*/index\\.yaml/?$)(https?|oci)://[a-z0-9]([-a-z0-9.]*[a-z0-9])?"
                    + "(:0{0,4}([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
                    + "(/[a-z0-9_~][-a-z0-9._~]*)*/?");

    public static final String REPOSITORY_ALLOWED = "an https://, http:// or oci:// address in lower case, without"
            + " credentials, '*' or a path segment that begins with '.'";
    private static final String NAME_ALLOWED =
            "1 to 100 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit";
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9._]{0,98}[a-zA-Z0-9])?");
    /** Those that Helm can read (Masterminds semver, {@code NewVersion}). 20 digits may be too large for a number there. */
    public static final Pattern VERSION = Pattern.compile("(?=.{1,64}$)v?[0-9]{1,19}\\.[0-9]{1,19}\\.[0-9]{1,19}"
            + "(-PRE(\\.PRE)*)?".replace("PRE", "(0|[1-9][0-9]*|[0-9]*[-A-Za-z][-0-9A-Za-z]*)")
            + "(\\+[-0-9A-Za-z]+(\\.[-0-9A-Za-z]+)*)?");

    static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}");

    private ChartReader() {}

    /** A chart that may omit what the catalog entry has. */
    public static Chart partial(FieldReader at) {
        var repository = at.field("repository").present();
        if (repository != at.field("name").present()) {
            at.error("has " + (repository ? "a repository but no name" : "a name but no repository")
                    + "; set both, or none to use a chart of the catalog");
        }
        return chart(at);
    }

    /** A chart with a repository, a name, and a version or digest. */
    public static Chart complete(FieldReader at) {
        if (!at.present()) {
            at.required("an object with repository, name, and version or digest");
        } else if (at.object().isPresent()) {
            at.field("repository").required(REPOSITORY_ALLOWED);
            at.field("name").required(NAME_ALLOWED);
        }
        return chart(at);
    }

    private static Chart chart(FieldReader at) {
        at.only(Set.of("repository", "name", "version", "digest", "pullSecretRef"));
        var repository = at.field("repository").text(REPOSITORY, REPOSITORY_ALLOWED, ChartErrors::repository);
        var name = at.field("name").text(NAME, NAME_ALLOWED, ChartErrors::name);
        var version = at.field("version")
                // A range never equals the version that is installed, so the app would never be ready.
                .text(VERSION, "an exact version like 6.14.1", ChartErrors::version);
        var digest = digest(at, repository);
        if (at.field("repository").present()
                && !at.field("version").present()
                && !at.field("digest").present()) {
            at.error("has neither version nor digest; set one of them");
        }
        return new Chart(repository, name, version, digest, pullSecret(at));
    }

    /** The digest of a chart, which only an OCI repository has. */
    public static Optional<String> digest(FieldReader chart, Optional<String> repository) {
        var at = chart.field("digest");
        var digest = at.text(DIGEST, "sha256: and 64 hexadecimal digits");
        if (at.present() && repository.isPresent() && !repository.get().startsWith("oci://")) {
            at.error("is set, but the repository is not oci://; set version instead");
        }
        return digest;
    }

    /** The name of the Secret with the credentials for the repository of a chart. */
    public static Optional<String> pullSecret(FieldReader chart) {
        var allowed = AppReader.allowedName("Secret");
        var at = chart.field("pullSecretRef").only(Set.of("name"));
        return at.object().flatMap(ref -> at.field("name").required(allowed).text(AppReader.OBJECT, allowed));
    }
}

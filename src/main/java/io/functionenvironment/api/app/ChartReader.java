package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads charts, and says all that is wrong with them. */
public final class ChartReader {
    /**
     * provider-helm parses every repository as an image reference, which knows no capital letters. No segment begins with a
     * dot, so that none leads out of a repository that a platform allows.
     */
    public static final Pattern REPOSITORY = Pattern.compile(
            "(?=.{1,512}$)(https?|oci)://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9_~][-a-z0-9._~]*)*/?");

    public static final String REPOSITORY_ALLOWED = "an https://, http:// or oci:// address in lower case";
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9._]{0,98}[a-zA-Z0-9])?");
    public static final Pattern VERSION =
            Pattern.compile("(?=.{1,64}$)v?[0-9]+\\.[0-9]+\\.[0-9]+(-[-0-9A-Za-z.]+)?(\\+[-0-9A-Za-z.]+)?");
    private static final Pattern SECRET = Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}");

    private ChartReader() {}

    /** A chart of which parts may come from the catalog. */
    public static Chart partial(FieldReader at) {
        if (at.field("repository").present() != at.field("name").present()) {
            at.error("must have repository and name together, or neither, for a chart of the catalog");
        }
        return chart(at);
    }

    /** A chart that names all it needs. */
    public static Chart complete(FieldReader at) {
        if (!at.present()) {
            at.required("repository, name, and a version or digest");
        } else if (at.object().isPresent()) {
            at.field("repository").required("where the chart is");
            at.field("name").required("what the chart is called");
        }
        return chart(at);
    }

    private static Chart chart(FieldReader at) {
        at.only(Set.of("repository", "name", "version", "digest", "pullSecretRef"));
        var repository = at.field("repository").text(REPOSITORY, REPOSITORY_ALLOWED);
        var name = at.field("name").text(NAME, "the chart's name");
        var version = at.field("version")
                .text(
                        VERSION,
                        "one exact version like 6.14.1, since a range is never found equal to what is installed");
        var digest = at.field("digest").text(DIGEST, "sha256: and 64 hexadecimal digits");
        if (at.field("repository").present()
                && !at.field("version").present()
                && !at.field("digest").present()) {
            at.error("must have a version or a digest");
        }
        if (at.field("digest").present()
                && repository.isPresent()
                && !repository.get().startsWith("oci://")) {
            at.field("digest").error("is there, but only charts in oci:// repositories have a digest");
        }
        var pullSecret = at.field("pullSecretRef")
                .only(Set.of("name"))
                .object()
                .flatMap(ref -> at.field("pullSecretRef")
                        .field("name")
                        .required("the name of a Secret with username and password")
                        .text(SECRET, "the name of a Secret"));
        return new Chart(repository, name, version, digest, pullSecret);
    }
}

package io.functionenvironment.api.app;

import io.functionenvironment.json.Redaction;
import java.util.Optional;
import java.util.regex.Pattern;

/** Messages for spellings of charts that other tools accept, each with the spelling that is accepted here. */
public final class ChartErrors {
    private static final Pattern DIGEST = Pattern.compile(".*@sha256:.*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("[a-z]+://[^/]*@.*", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("oci://[^/]+/.*:([^:/]*)");
    private static final Pattern RANGE = Pattern.compile("[~^<>=|* ,.0-9xXvV-]*[~^<>=|*xX][~^<>=|* ,.0-9xXvV-]*");

    private static final int MAX_VERSION = 64;

    private ChartErrors() {}

    /** What is wrong with the address of a repository; empty if there is no message of its own. */
    public static Optional<String> repository(String text) {
        if (DIGEST.matcher(text).matches()) {
            return Optional.of("has a digest; write it into digest");
        }
        if (CREDENTIALS.matcher(text).matches()) {
            return Optional.of("has credentials, which are not shown; write them into a Secret and set pullSecretRef");
        }
        var tag = TAG.matcher(text);
        if (tag.matches()) {
            return Optional.of("has the tag " + Redaction.of(tag.group(1)) + "; write it into version");
        }
        if (text.contains("*")) {
            return Optional.of("has a '*'; an address allows everything below it, so leave it out");
        }
        if (text.contains("%")) {
            return Optional.of(
                    "has a '%'; must be an address without encoded characters (at GitLab, with the number of the project)");
        }
        var lower = text.toLowerCase(java.util.Locale.ROOT);
        return !lower.equals(text) && ChartReader.REPOSITORY.matcher(lower).matches()
                ? Optional.of("is " + Redaction.of(text) + "; must be in lower case: " + Redaction.of(lower))
                : Optional.empty();
    }

    /** Likewise of the name of a chart. */
    static Optional<String> name(String text) {
        var name = text.substring(text.lastIndexOf('/') + 1);
        return text.contains("/") && ChartReader.NAME.matcher(name).matches()
                ? Optional.of("is " + Redaction.of(text) + "; must be the name without the repository: " + name)
                : Optional.empty();
    }

    /** Likewise of the version of a chart. */
    public static Optional<String> version(String text) {
        if (DIGEST.matcher(text).matches()) {
            return Optional.of("has a digest; write it into digest");
        }
        var plus = text.replace('_', '+');
        if (text.contains("_") && ChartReader.VERSION.matcher(plus).matches()) {
            return Optional.of("is " + Redaction.of(text) + "; must be " + plus
                    + ": the tag in the registry has '_' in place of '+'");
        }
        return text.length() <= MAX_VERSION && RANGE.matcher(text).matches()
                ? Optional.of("is " + Redaction.of(text)
                        + "; version ranges are not supported; set one version, such as 6.14.1")
                : Optional.empty();
    }
}

package io.functionenvironment.api.app;

import io.functionenvironment.json.Redaction;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Messages for spellings of charts that other tools accept, each with the spelling that is accepted here. */
public final class ChartErrors {
    private static final Pattern DIGEST = Pattern.compile(".*@sha256:.*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("[a-z]+://[^/]*@.*", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("oci://[^/]+/.*:([^:/]*)");
    private static final Pattern RANGE = Pattern.compile("[ ,.0-9vV-]*+[~^<>=|*xX][~^<>=|* ,.0-9xXvV-]*+");

    private static final Pattern QUERY = Pattern.compile("[a-zA-Z]+://[^?#]*[?#].*", Pattern.DOTALL);
    private static final Pattern INDEX = Pattern.compile("https?://.*/index\\.yaml/?");
    private static final Pattern PORT = Pattern.compile("(?:https?|oci)://[^/:]*:([0-9]+)(?:/.*)?");
    private static final Pattern EMPTY_PART =
            Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+(?>([-+].*?)?[-+.](?=[.+]|$)).*");
    private static final Pattern ZERO =
            Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+-(?>([^+]*\\.)?(0[0-9]++)(?=[.+]|$)).*");
    private static final Pattern LONG_NUMBER = Pattern.compile("v?([0-9]+\\.){0,2}[0-9]{20,}(\\.[0-9]+){0,2}([-+].*)?");

    private static final int MAX_VERSION = 64;
    private static final int MAX_PORT = 65_535;

    private ChartErrors() {}

    /** What is wrong with the address of a repository; empty if there is no message of its own. */
    public static Optional<String> repository(String text) {
        if (DIGEST.matcher(text).matches()) {
            return Optional.of("has a digest; write it into digest");
        }
        if (CREDENTIALS.matcher(text).matches()) {
            return Optional.of("has credentials, which are not shown; write them into a Secret and set pullSecretRef");
        }
        if (QUERY.matcher(text).matches()) {
            return Optional.of(
                    "has a '?' or '#' (not shown: it may contain a password); must be an address without them;"
                            + " write credentials into a Secret and set pullSecretRef");
        }
        if (INDEX.matcher(text).matches()) {
            return Optional.of("ends with index.yaml, which Helm adds itself; must be the address without it");
        }
        var port = PORT.matcher(text);
        if (port.matches() && !isPort(port.group(1))) {
            return Optional.of(
                    "has the port " + Redaction.of(port.group(1)) + "; must be a port from 1 to " + MAX_PORT);
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

    private static boolean isPort(String digits) {
        var port = new BigInteger(digits);
        return port.signum() > 0 && port.compareTo(BigInteger.valueOf(MAX_PORT)) <= 0;
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
        if (text.length() > MAX_VERSION) {
            return Optional.empty();
        }
        var zero = ZERO.matcher(text);
        if (zero.matches()) {
            return Optional.of("is " + Redaction.of(text) + ", where the number " + zero.group(2)
                    + " begins with 0; Helm refuses that behind '-'");
        }
        if (EMPTY_PART.matcher(text).matches()) {
            return Optional.of("is " + Redaction.of(text)
                    + "; must have letters, digits or '-' on both sides of each '.', and behind '-' and '+'");
        }
        if (LONG_NUMBER.matcher(text).matches()) {
            return Optional.of("is " + Redaction.of(text) + "; must have numbers of at most 19 digits");
        }
        return RANGE.matcher(text).matches()
                ? Optional.of("is " + Redaction.of(text)
                        + "; version ranges are not supported; set one version, such as 6.14.1")
                : Optional.empty();
    }
}

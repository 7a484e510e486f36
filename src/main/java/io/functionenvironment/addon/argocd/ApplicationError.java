package io.functionenvironment.addon.argocd;

import io.functionenvironment.crossplane.observed.ReportedText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Argo CD 3.4 says of an Application that it cannot synchronize, without what changes at each attempt, and without what may be
 * secret. Each change of the text costs writes to the Environment, and many people can read it.
 */
final class ApplicationError {
    private static final int MAX_LENGTH = 512;

    /** What changes although the error does not, or says nothing, by what replaces it. In this order. */
    private static final List<Map.Entry<String, String>> REPLACED = List.of(
            Map.entry("\\s+", " "),
            Map.entry(" ?\\(retried \\d+ times\\)\\.?", ""),
            Map.entry("\\.? Retrying attempt #\\d+ at \\S+", ""),
            Map.entry("rpc error: code = \\w+ desc = ", ""),
            Map.entry("Manifest generation error \\(cached\\): ", ""),
            Map.entry("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…"),
            Map.entry("(/tmp/[-_A-Za-z]*)\\d+", "$1…"),
            // The local port of a connection.
            Map.entry("(?<![.\\d])([.\\d]++|\\[[0-9a-f:]++\\]):\\d++->", "$1->"),
            Map.entry("current time \\S+", "the current time"),
            Map.entry("://[^/\\s@]+@", "://…@"));

    /** Words behind which Kubernetes quotes a value of a manifest. */
    private static final List<String> QUOTING =
            List.of("Invalid value", "Unsupported value", "Duplicate value", "got &value");

    private static final String NOT_SHOWN = " … (the rest is not shown, because it may contain values of a manifest)";

    /** What to change in the Environment, by the words that show the reason. */
    private static final Map<List<String>, String> ADVICE = Map.of(
            List.of(
                    "authentication required",
                    "authentication failed",
                    "Authentication failed",
                    "could not read Username",
                    "unable to authenticate",
                    "Permission denied (publickey",
                    "repository not found",
                    "Repository not found",
                    "401 Unauthorized",
                    "403 Forbidden"),
            "the repository is private, or the address is wrong; check repoURL, and credentialsSecretRef with its Secret",
            List.of("knownhosts: ", "Host key verification failed"),
            "add the host key of the repository to sshKnownHosts",
            List.of("certificate signed by unknown authority", "unable to get local issuer certificate"),
            "add the authority of the repository's host to tlsCertificates");

    private ApplicationError() {}

    /** A message of Argo CD, as it is shown. */
    static String of(String message) {
        var text = ReportedText.beginning(message);
        for (var entry : REPLACED) {
            text = text.replaceAll(entry.getKey(), entry.getValue());
        }
        var stable = withoutValues(text.strip());
        return shorten(
                advice(stable).map(advice -> advice + " (" + stable + ")").orElse(stable));
    }

    private static Optional<String> advice(String text) {
        return ADVICE.entrySet().stream()
                .filter(entry -> entry.getKey().stream().anyMatch(text::contains))
                .map(Map.Entry::getValue)
                .min(String::compareTo);
    }

    private static String withoutValues(String text) {
        return QUOTING.stream()
                .filter(text::contains)
                .min((one, other) -> Integer.compare(text.indexOf(one), text.indexOf(other)))
                .map(words -> text.substring(0, text.indexOf(words)) + words + NOT_SHOWN)
                .orElse(text);
    }

    private static String shorten(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }
}

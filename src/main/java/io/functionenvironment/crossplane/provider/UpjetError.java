package io.functionenvironment.crossplane.provider;

import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.observed.ReportedText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Errors of the providers that are built with Upjet 2, as those of clouds are ({@code pkg/controller/external_async_tfpluginsdk.go}).
 *
 * <p>They create, update and delete in the background. While an operation runs, the condition Synced is True, also after an earlier
 * one failed; so it changes with each retry. The condition LastAsyncOperation stays False until an operation succeeds.
 */
public final class UpjetError {
    private static final String GROUPS = ".upbound.io";
    private static final String LAST_OPERATION = "LastAsyncOperation";

    /** How Terraform's diagnostics look when Go prints them. */
    private static final String DIAGNOSTIC = "[{0 ";

    private static final String DIAGNOSTIC_END = "[]}]";

    private static final Pattern STEP = Pattern.compile("^(create|update|delete) failed: (?=async )");

    /** An identifier of one request, after what announces it. */
    private static final String ID = "[\"']?[-A-Za-z0-9/+=_]{8,}[\"']?";

    private record Replacement(Pattern pattern, String by) {
        Replacement(String pattern, String by) {
            this(Pattern.compile(pattern), by);
        }
    }

    /** What differs between two reports of the same fault, and what is shown instead. */
    private static final List<Replacement> VARYING = List.of(
            new Replacement(
                    "(?<!\\s)\\s*+\\{\\s*+\"@type\": \"type\\.googleapis\\.com/google\\.rpc\\.RequestInfo\"[^}]*},?",
                    ""),
            new Replacement("(?<!\\s)\\s*+Details:\\s*+\\[\\s*+]", ""),
            new Replacement(
                    "Encoded authorization failure message: [-A-Za-z0-9_]+",
                    "Encoded authorization failure message: …"),
            new Replacement("[\"']?(?i:timestamp)[\"']?: *[\"']?\\d{4}-\\d\\d-\\d\\d[T ][0-9:.]+Z?[\"']?,?", ""),
            new Replacement("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?", "…"),
            new Replacement(
                    "[\"']?\\b(?i:(aws |x-ms-)?(request|correlation|trace|tracking|host|activity)[-_ ]?(id|token))\\b[\"']?"
                            + "(:| is)? *" + ID + ",?",
                    ""),
            new Replacement("\\boperation-\\d{10,}[-0-9a-f]*", "operation-…"),
            new Replacement("\\b(\\d+h)?(\\d+m)?\\d+\\.\\d+(s|ms|µs)\\b", "…"),
            new Replacement("\\bafter (\\d+h)?(\\d+m)?(\\d+s)?\\. ", "after …. "),
            new Replacement("\\brunning \\d+, transitioning \\d+", "running …, transitioning …"),
            // The instances of a managed instance group.
            new Replacement("-[0-9a-f]{8}-[a-z0-9]{4}\\b", "-…"),
            new Replacement("(?<!\\d)(\\d++\\.\\d++\\.\\d++\\.\\d++):\\d++->", "$1->"),
            new Replacement("\\(\\s*+\\)", ""),
            new Replacement("(?<!\\s)\\s++([,.)])", "$1"),
            // Of two sentences, the second of which is gone.
            new Replacement("(?<!\\.)\\.\\.(?!\\.)", "."));

    private UpjetError() {}

    /** Whether a resource is of such a provider. */
    static boolean covers(ObservedResource observed) {
        return observed.gvk().group().endsWith(GROUPS);
    }

    /** The error of a resource of such a provider; the same text as long as the fault is the same. Empty if it reports none. */
    static Optional<String> of(ObservedResource observed) {
        var synced = failed(observed, "Synced");
        var operation = failed(observed, LAST_OPERATION);
        // An error of an operation is in both. Any other error in Synced is newer.
        return synced.filter(message -> !message.contains("async "))
                .or(() -> operation)
                .or(() -> synced)
                .map(UpjetError::stable);
    }

    private static Optional<String> failed(ObservedResource observed, String type) {
        return observed.condition(type)
                .filter(condition -> condition.status().equals("False"))
                .map(Condition::message)
                .filter(message -> !message.isEmpty());
    }

    /** Whether the last operation in the background failed, so that the external resource may not be as desired. */
    public static boolean operationFailed(ObservedResource observed) {
        return covers(observed) && failed(observed, LAST_OPERATION).isPresent();
    }

    /** A message without what differs between two reports of the same fault. */
    static String stable(String message) {
        var text = STEP.matcher(diagnostics(ReportedText.beginning(message))).replaceFirst("");
        for (var varying : VARYING) {
            text = varying.pattern().matcher(text).replaceAll(varying.by());
        }
        return text;
    }

    /** A message with the texts of its diagnostics in place of these. */
    private static String diagnostics(String message) {
        var text = new StringBuilder();
        var at = 0;
        for (var start = message.indexOf(DIAGNOSTIC); start >= 0; start = message.indexOf(DIAGNOSTIC, at)) {
            var inside = start + DIAGNOSTIC.length();
            var end = message.indexOf(DIAGNOSTIC_END, inside);
            if (end < 0) {
                break;
            }
            text.append(message, at, start)
                    .append(message.substring(inside, end).stripTrailing());
            at = end + DIAGNOSTIC_END.length();
        }
        return text.append(message, at, message.length()).toString();
    }
}

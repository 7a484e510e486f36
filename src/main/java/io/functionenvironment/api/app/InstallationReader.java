package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how the chart of an app or a catalog entry is installed. */
final class InstallationReader {
    /** The fields, beside those of charts and values. */
    static final Set<String> FIELDS =
            Set.of("wait", "waitTimeout", NamespaceMetadataReader.FIELD, WorkloadReader.FIELD, ExposureReader.FIELD);

    private static final Pattern DURATION = Pattern.compile("(?=.)([1-9][0-9]{0,2}m)?([1-9][0-9]{0,2}s)?");

    private static final Duration LONGEST = Duration.ofMinutes(9);

    private InstallationReader() {}

    /** @param complete whether nothing is left to a catalog entry */
    static Installation read(FieldReader at, boolean complete) {
        var waits = at.field("wait").bool();
        var timeout = at.field("waitTimeout")
                .text(DURATION, "a duration like 90s, 5m or 8m30s")
                .flatMap(text -> duration(at.field("waitTimeout"), text));
        if (timeout.isPresent() && !waits.orElse(!complete)) {
            at.field("waitTimeout").error("is set, but wait is not true; set wait to true, or remove waitTimeout");
        }
        var retry = RetryRequestReader.read(at);
        var namespace = NamespaceMetadataReader.read(
                at.field(NamespaceMetadataReader.FIELD),
                at.field("namespace").value().text());
        return new Installation(
                waits,
                timeout,
                retry,
                namespace,
                WorkloadReader.read(at.field(WorkloadReader.FIELD)),
                ExposureReader.read(at.field(ExposureReader.FIELD)));
    }

    private static Optional<Duration> duration(FieldReader at, String text) {
        // The format is that of ISO 8601 without its prefix.
        var duration = Duration.parse("PT" + text);
        if (duration.compareTo(LONGEST) > 0) {
            at.error("is " + text + "; must be from 1s to 9m");
            return Optional.empty();
        }
        return Optional.of(duration);
    }
}

package io.functionenvironment.resource;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether Helm waits until the workloads run.
 *
 * @param timeout how long at most; empty for the five minutes of provider-helm
 */
public record HelmWait(boolean waits, Optional<Duration> timeout) {
    public static final HelmWait NONE = new HelmWait(false, Optional.empty());

    public static final HelmWait USUAL = new HelmWait(true, Optional.empty());

    private static final Pattern TIME = Pattern.compile("(?=.)([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?");

    static HelmWait read(Json forProvider) {
        return new HelmWait(
                forProvider.isTrue("wait"),
                forProvider
                        .text("waitTimeout")
                        .filter(text -> TIME.matcher(text).matches())
                        .map(text -> Duration.parse("PT" + text.toUpperCase(Locale.ROOT))));
    }

    /**
     * As Go writes durations. provider-helm writes the whole Release when it adds an annotation, and with it any other form of
     * the same time in this one; then it and Crossplane would replace the one by the other again and again.
     */
    static String write(Duration time) {
        var hours = time.toHours() == 0 ? "" : time.toHours() + "h";
        var minutes = time.toMinutes() == 0 ? "" : time.toMinutesPart() + "m";
        return hours + minutes + time.toSecondsPart() + "s";
    }
}

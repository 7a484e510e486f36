package io.functionenvironment.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a component is reported while it starts. One activity for all of that time: each change of what is reported costs two
 * writes to the Environment, and too many writes open Crossplane's circuit breaker.
 *
 * @param during while it is young
 * @param afterwards once it should be ready and is not
 * @param expected what providers' messages contain that are normal while it is young
 * @param length how long it is young
 * @param meanings what messages mean that are reported; the first one applies
 */
public record StartupGrace(
        Activity during, Activity afterwards, List<String> expected, Duration length, List<Meaning> meanings) {

    /**
     * What a provider's message means, where it does not say what to do.
     *
     * @param parts of the message, one of which it contains
     * @param behind whether the text continues that part; otherwise it stands for the message, which follows in parentheses
     */
    public record Meaning(List<String> parts, String text, boolean behind) {
        private Optional<String> explain(String message) {
            return parts.stream()
                    .filter(message::contains)
                    .findFirst()
                    .map(part -> behind ? message.replace(part, part + text) : text + " (" + message + ")");
        }
    }

    public StartupGrace(Activity during, Activity afterwards, List<String> expected, Duration length) {
        this(during, afterwards, expected, length, List.of());
    }

    public static final StartupGrace NONE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ZERO);

    /** The same, with what the expected messages mean once it is no longer young. */
    public StartupGrace explaining(String meaning) {
        return explaining(expected, meaning);
    }

    /** The same, with what messages mean that contain certain words. */
    public StartupGrace explaining(List<String> words, String meaning) {
        return with(new Meaning(words, meaning, false));
    }

    /** The same, with what continues certain words of messages. */
    public StartupGrace continuing(String words, String text) {
        return with(new Meaning(List.of(words), text, true));
    }

    private StartupGrace with(Meaning meaning) {
        return new StartupGrace(
                during,
                afterwards,
                expected,
                length,
                Stream.concat(meanings.stream(), Stream.of(meaning)).toList());
    }

    /** A provider's message, with what it means. */
    public String explain(String message) {
        return meanings.stream()
                .flatMap(meaning -> meaning.explain(message).stream())
                .findFirst()
                .orElse(message);
    }

    public boolean expects(String message) {
        return expected.stream().anyMatch(message::contains);
    }
}

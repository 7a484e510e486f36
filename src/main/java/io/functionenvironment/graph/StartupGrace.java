package io.functionenvironment.graph;

import java.time.Duration;
import java.util.List;

/**
 * What is said of a component while it comes up. One sentence for all of that time: each change of what is said costs two
 * writes to the Environment, and Crossplane stops listening when there are too many.
 *
 * @param word as the rest of a sentence that begins with the component's name
 * @param overdue what is said instead once its youth is over
 * @param signs what providers' messages contain that are to be expected in its youth, and so are no trouble yet
 * @param lasting how long its youth lasts
 */
public record StartupGrace(String word, String overdue, List<String> signs, Duration lasting) {
    static final StartupGrace NONE = new StartupGrace("is coming up", "is coming up", List.of(), Duration.ZERO);

    public boolean expects(String message) {
        return signs.stream().anyMatch(message::contains);
    }
}

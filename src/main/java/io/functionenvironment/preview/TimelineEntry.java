package io.functionenvironment.preview;

import java.time.Duration;
import java.util.List;

/** A time at which something new is to be told. */
public record TimelineEntry(Duration at, List<Line> lines) {

    /**
     * One piece of news.
     *
     * @param name the component or condition it is about; empty for the Environment as a whole
     */
    public record Line(Mark mark, String name, String text) {}

    /** What kind of news. */
    public enum Mark {
        CREATED,
        CHANGED,
        REMOVED,
        WAITS,
        COMES,
        FAILS,
        READY,
        CONDITION,
        SUMMARY
    }
}

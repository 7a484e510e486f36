package io.functionenvironment;

import static io.functionenvironment.Scenes.body;
import static io.functionenvironment.Scenes.down;
import static io.functionenvironment.Scenes.ready;
import static io.functionenvironment.tree.Tree.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.tree.Tree;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is written over its provider's notes of when the namespace was made, so that it goes as soon as it is gone. */
class NamespaceNotesTest {
    private static final Tree.Obj NONE = Tree.Obj.EMPTY;

    private static Road aged(int seconds) {
        return ready("a")
                .edit(
                        "namespace",
                        obj(
                                "metadata",
                                obj(
                                        "creationTimestamp",
                                        Road.NOW.minusSeconds(seconds).toString())));
    }

    private static Tree.Obj notes(String time) {
        return obj("crossplane.io/external-create-pending", time, "crossplane.io/external-create-succeeded", time);
    }

    private static Tree.Obj ours(int seconds) {
        return notes(Road.NOW
                .minusSeconds(seconds)
                .minus(Duration.ofHours(1))
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString());
    }

    private static Tree.Obj desired(Road road) {
        return body(road.call(), "namespace").object("metadata", "annotations");
    }

    private static Road written(Road road, Tree.Obj notes) {
        return road.edit("namespace", obj("metadata", obj("annotations", notes)));
    }

    @Test
    void aYoungOneThatIsReadyIsSaidToBeMadeLongAgo() {
        assertEquals(ours(5), desired(aged(5)));
        assertEquals(ours(5), desired(written(aged(5), notes(Road.NOW.toString()))));
    }

    @Test
    void oneThatIsNotReadyHasItsProvidersOwnNotes() {
        assertEquals(NONE, desired(aged(5).status("namespace", down())));
    }

    @Test
    void oneOfAnEarlierReleaseIsNotWrittenTo() {
        assertEquals(NONE, desired(written(aged(61), notes(Road.NOW.toString()))));
    }

    @Test
    void whatIsWrittenStays() {
        assertEquals(ours(86400), desired(written(aged(86400), ours(86400))));
        assertEquals(ours(86400), desired(written(aged(86400), ours(86400)).status("namespace", down())));
    }

    @Test
    void whatItsProviderWroteOverThatWhenItMadeAnotherIsLeftAlone() {
        var begun = obj("crossplane.io/external-create-pending", Road.NOW.toString());
        assertEquals(NONE, desired(written(written(aged(86400), ours(86400)), begun)));
    }
}

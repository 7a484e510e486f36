package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is written over its provider's notes of when the namespace was made, so that it goes as soon as it is gone. */
class ExternalCreateAnnotationsTest {
    private static final Json.Obj NONE = Json.Obj.EMPTY;

    private static ObservedStateFake aged(int seconds) {
        return ready("a")
                .edit(
                        "namespace",
                        obj(
                                "metadata",
                                obj(
                                        "creationTimestamp",
                                        ObservedStateFake.NOW
                                                .minusSeconds(seconds)
                                                .toString())));
    }

    private static Json.Obj notes(String time) {
        return obj("crossplane.io/external-create-pending", time, "crossplane.io/external-create-succeeded", time);
    }

    private static Json.Obj ours(int seconds) {
        return notes(ObservedStateFake.NOW
                .minusSeconds(seconds)
                .minus(Duration.ofHours(1))
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString());
    }

    private static Json.Obj desired(ObservedStateFake road) {
        return body(road.call(), "namespace").object("metadata", "annotations");
    }

    private static ObservedStateFake written(ObservedStateFake road, Json.Obj notes) {
        return road.edit("namespace", obj("metadata", obj("annotations", notes)));
    }

    @Test
    void aYoungOneThatIsReadyIsSaidToBeMadeLongAgo() {
        assertEquals(ours(5), desired(aged(5)));
        assertEquals(ours(5), desired(written(aged(5), notes(ObservedStateFake.NOW.toString()))));
    }

    @Test
    void oneThatIsNotReadyHasItsProvidersOwnNotes() {
        assertEquals(NONE, desired(aged(5).status("namespace", down())));
    }

    @Test
    void oneOfAnEarlierReleaseIsNotWrittenTo() {
        assertEquals(NONE, desired(written(aged(61), notes(ObservedStateFake.NOW.toString()))));
    }

    @Test
    void whatIsWrittenStays() {
        assertEquals(ours(86400), desired(written(aged(86400), ours(86400))));
        assertEquals(ours(86400), desired(written(aged(86400), ours(86400)).status("namespace", down())));
    }

    @Test
    void whatItsProviderWroteOverThatWhenItMadeAnotherIsLeftAlone() {
        var begun = obj("crossplane.io/external-create-pending", ObservedStateFake.NOW.toString());
        assertEquals(NONE, desired(written(written(aged(86400), ours(86400)), begun)));
    }
}

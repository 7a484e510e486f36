package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.down;
import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The host namespace's Object gets external-create annotations of an hour before its creation. For a time after those that
 * provider-kubernetes writes, it does not believe that the namespace is gone, which would delay the Object's deletion.
 */
class ExternalCreateAnnotationsTest {
    private static final Json.Obj NONE = Json.Obj.EMPTY;

    /** The Object of the host namespace is some seconds old. */
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

    private static Json.Obj annotations(String time) {
        return obj("crossplane.io/external-create-pending", time, "crossplane.io/external-create-succeeded", time);
    }

    /** What the function writes for an Object that is some seconds old. */
    private static Json.Obj backdated(int seconds) {
        return annotations(ObservedStateFake.NOW
                .minusSeconds(seconds)
                .minus(Duration.ofHours(1))
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString());
    }

    private static Json.Obj desired(ObservedStateFake state) {
        return Merge.replaced(
                body(state.call(), "namespace").object("metadata", "annotations"),
                Optional.empty(),
                "crossplane.io/external-name");
    }

    private static ObservedStateFake annotated(ObservedStateFake state, Json.Obj annotations) {
        return state.edit("namespace", obj("metadata", obj("annotations", annotations)));
    }

    @Test
    void theAnnotationsOfAYoungReadyObjectAreBackdated() {
        assertEquals(backdated(5), desired(aged(5)));
        assertEquals(backdated(5), desired(annotated(aged(5), annotations(ObservedStateFake.NOW.toString()))));
    }

    @Test
    void theAnnotationsOfAnObjectThatIsNotReadyAreNotWritten() {
        assertEquals(NONE, desired(aged(5).status("namespace", down())));
    }

    @Test
    void theAnnotationsOfAnObjectOfAnEarlierReleaseAreNotWritten() {
        assertEquals(NONE, desired(annotated(aged(61), annotations(ObservedStateFake.NOW.toString()))));
    }

    @Test
    void backdatedAnnotationsStay() {
        assertEquals(backdated(86400), desired(annotated(aged(86400), backdated(86400))));
        assertEquals(
                backdated(86400),
                desired(annotated(aged(86400), backdated(86400)).status("namespace", down())));
    }

    @Test
    void annotationsThatTheProviderWroteForAnotherCreationAreNotOverwritten() {
        var pending = obj("crossplane.io/external-create-pending", ObservedStateFake.NOW.toString());
        assertEquals(NONE, desired(annotated(annotated(aged(86400), backdated(86400)), pending)));
    }
}

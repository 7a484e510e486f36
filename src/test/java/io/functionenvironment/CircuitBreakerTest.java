package io.functionenvironment;

import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** When the function wants to be asked again while Crossplane's circuit breaker keeps events from it. */
class CircuitBreakerTest {
    @Test
    void atRestItIsAskedMoreOftenAsLongAsCrossplaneDoesNotListen() {
        assertEquals(600, seconds(ready("a")));
        assertEquals(10, seconds(ready("a").deaf(ObservedStateFake.NOW.minusSeconds(1))));
        assertEquals(10, seconds(ready("a").deaf(ObservedStateFake.NOW.minusSeconds(300))));
    }

    @Test
    void atRestTheConditionStaysAndCrossplaneListensAllTheSameAfterFiveMinutes() {
        assertEquals(600, seconds(ready("a").deaf(ObservedStateFake.NOW.minusSeconds(301))));
    }

    @Test
    void whatComesUpIsAskedForMoreOften() {
        assertEquals(10, seconds(coming()));
        assertEquals(5, seconds(coming().deaf(ObservedStateFake.NOW.minusSeconds(300))));
        assertEquals(10, seconds(coming().deaf(ObservedStateFake.NOW.minusSeconds(301))));
    }

    private static ObservedStateFake coming() {
        return ready("a")
                .status("app-a", obj("conditions", arr(ObservedStateFake.condition("Ready", "False", "Unavailable"))));
    }

    private static long seconds(ObservedStateFake road) {
        return road.call().getMeta().getTtl().getSeconds();
    }
}

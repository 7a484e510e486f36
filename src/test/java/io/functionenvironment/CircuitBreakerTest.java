package io.functionenvironment;

import static io.functionenvironment.Fixtures.ready;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The response's time to live while Crossplane's watch circuit breaker is open, so that no event leads to a call. */
class CircuitBreakerTest {
    @Test
    void theTtlOfAReadyEnvironmentIsShorterWhileTheBreakerIsOpen() {
        assertEquals(600, seconds(ready("a")));
        assertEquals(10, seconds(ready("a").breakerOpen(ObservedStateFake.NOW.minusSeconds(1))));
        assertEquals(10, seconds(ready("a").breakerOpen(ObservedStateFake.NOW.minusSeconds(300))));
    }

    @Test
    void theBreakerCountsAsClosedAfterFiveMinutesAlthoughItsConditionStays() {
        assertEquals(600, seconds(ready("a").breakerOpen(ObservedStateFake.NOW.minusSeconds(301))));
    }

    @Test
    void theTtlOfAProgressingEnvironmentIsShorterWhileTheBreakerIsOpen() {
        assertEquals(10, seconds(progressing()));
        assertEquals(5, seconds(progressing().breakerOpen(ObservedStateFake.NOW.minusSeconds(300))));
        assertEquals(10, seconds(progressing().breakerOpen(ObservedStateFake.NOW.minusSeconds(301))));
    }

    private static ObservedStateFake progressing() {
        return ready("a")
                .status("app-a", obj("conditions", arr(ObservedStateFake.condition("Ready", "False", "Unavailable"))));
    }

    private static long seconds(ObservedStateFake state) {
        return state.call().getMeta().getTtl().getSeconds();
    }
}

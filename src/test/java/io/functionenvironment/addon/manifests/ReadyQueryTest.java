package io.functionenvironment.addon.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time that an admitted expression takes grows at most with the size of the object. */
class ReadyQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(object.status.readyReplicas) && object.status.readyReplicas > 0",
                "object.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
                "has(object.status) && has(object.status.items) && object.status.items.all(i, i.ready)",
                "object.status.phase == 'Bound' || size(object.status.items.filter(i, i > 0)) == 3",
                "object.status.allocated == object.spec.mapped"
            })
    void ordinaryExpressionsAreAdmitted(String query) {
        assertEquals(Optional.empty(), ReadyQuery.problem(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.data.all(a, object.data.all(b, object.data.all(c, a != 'x')))",
                "[1, 2].all(a, [1, 2].all(b, a != b))",
                "object.data.map(a, a).filter(b, b != 'x').exists_one(c, c == 'y')",
                "object.data. // a comment\nall (a, object.data . exists\n(b, a == b))",
                "object.data.all(a, object.data == object.data)",
                "object.data.all(a, ')' != a || object == object)"
            })
    void expressionsThatTakeLongerAreNot(String query) {
        assertTrue(ReadyQuery.problem(query).isPresent());
    }
}

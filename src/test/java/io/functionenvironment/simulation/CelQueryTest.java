package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CEL that readiness queries use. */
class CelQueryTest {
    private static final Json OBJECT = obj(
            "status",
            obj(
                    "replicas",
                    2,
                    "health",
                    obj("status", "Healthy"),
                    "conditions",
                    arr(obj("type", "Ready", "status", "True"), obj("type", "Other", "status", "False"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(object.status.replicas) && object.status.replicas > 0",
                "object.status.health.status == \"Healthy\"",
                "object.status.health.status != \"Healthy\" || object.status.replicas <= 2",
                "!(object.status.replicas >= 3)",
                "object.status.conditions.exists(c, c.type == \"Ready\" && c.status == \"True\")",
                "object.status.absent > 0 || true",
                "size(object.status.conditions) == 2 && size(object.status.health.status) == 7",
                "object.status.health.status in ['Healthy', \"Progressing\"]",
                "object.status.health.status.startsWith('Heal') && object.status.health.status.endsWith('thy')",
                "object.status.conditions.exists(c, c.type.contains('eady'))"
            })
    void isTrue(String query) {
        assertTrue(CelQuery.isTrue(query, OBJECT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(object.status.absent) && object.status.absent > 0",
                "object.status.absent > 0 && has(object.status.absent)",
                "object.status.conditions.all(c, c.status == 'True')",
                "object.status.replicas in [0, 1]",
                "!(size(object.status) > 0)"
            })
    void isFalse(String query) {
        assertFalse(CelQuery.isTrue(query, OBJECT));
    }

    @Test
    void missingFieldIsAnError() {
        var error =
                assertThrows(CelQuery.EvaluationError.class, () -> CelQuery.isTrue("object.status.absent > 0", OBJECT));
        assertEquals("no such key: absent", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.status.replicas + 1 == 3", "has(object.status", "other.status == 1"})
    void anythingElseIsRejected(String query) {
        assertThrows(IllegalArgumentException.class, () -> CelQuery.isTrue(query, OBJECT));
    }
}

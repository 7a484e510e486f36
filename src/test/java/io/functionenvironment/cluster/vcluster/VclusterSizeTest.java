package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class VclusterSizeTest {
    @Test
    void oneFieldOfAShippedSizeCanBeChanged() {
        var document = new SettingsDocument("spec", obj("sizes", obj("small", obj("vcluster", obj("pods", 3)))));
        var size = SettingsDocument.merge(List.of(document), Registry.SHIPPED.sizeFormats(), new FieldErrors())
                .sizes()
                .get("small");
        assertEquals(
                "3 pods, 4Gi",
                size instanceof VclusterSize vcluster ? vcluster.pods() + " pods, " + vcluster.memory() : "");
    }

    @Test
    void aNullInTheValuesOfASizeStaysAboveAnEarlierValue() {
        var limits = new SettingsDocument("spec", values(obj("cpu", "1", "memory", "1Gi")));
        var without = new SettingsDocument("data", values(obj("cpu", new Json.Null())));
        var errors = new FieldErrors();
        var size = SettingsDocument.merge(List.of(limits, without), Registry.SHIPPED.sizeFormats(), errors)
                .sizes()
                .get("small");
        assertEquals(List.of(), errors.list());
        assertEquals(
                obj("policies", obj("limitRange", obj("max", obj("cpu", new Json.Null(), "memory", "1Gi")))),
                size instanceof VclusterSize vcluster ? vcluster.values() : Json.Obj.EMPTY);
    }

    private static Json.Obj values(Json.Obj max) {
        var values = obj("policies", obj("limitRange", obj("max", max)));
        return obj("sizes", obj("small", obj("vcluster", obj("values", values))));
    }
}

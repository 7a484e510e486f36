package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.Registry;
import io.functionenvironment.api.settings.SettingsDocument;
import io.functionenvironment.json.FieldErrors;
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
}

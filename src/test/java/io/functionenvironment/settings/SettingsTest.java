package io.functionenvironment.settings;

import static io.functionenvironment.tree.Tree.arr;
import static io.functionenvironment.tree.Tree.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.tree.Fault;
import io.functionenvironment.tree.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void withoutAnyTheShippedOnesHold() {
        var settings = merge();
        assertEquals(Set.of("small", "medium", "large"), settings.sizes().keySet());
        assertEquals(Set.of("podinfo"), settings.catalog().keySet());
        assertEquals(
                new Timing(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(10)), settings.timing());
        assertFalse(settings.say("vcluster", "chart", "version"));
    }

    @Test
    void eachDocumentLiesOverTheOnesBefore() {
        var settings = merge(
                new SettingsDocument("spec", obj("limits", obj("maxApps", 5, "chartRepositories", arr("oci://a/b")))),
                new SettingsDocument("data", obj("limits", obj("maxApps", 7))));
        assertEquals(new Limits(List.of("oci://a/b"), 7), settings.limits());
        assertTrue(settings.say("limits", "maxApps"));
    }

    @Test
    void nullTakesAwayWhatIsShipped() {
        var settings = merge(new SettingsDocument(
                "spec", obj("catalog", obj("podinfo", new Tree.Null()), "sizes", obj("large", new Tree.Null()))));
        assertEquals(Set.of(), settings.catalog().keySet());
        assertEquals(Set.of("small", "medium"), settings.sizes().keySet());
    }

    @Test
    void aSizeOfTheirOwnHasToBeComplete() {
        assertEquals(
                List.of(
                        "data.sizes.tiny.vcluster.controlPlane: is missing: cpu and memory",
                        "data.sizes.tiny.vcluster.memory: is missing: a quantity like 4Gi"),
                faults(new SettingsDocument(
                                "data",
                                obj(
                                        "sizes",
                                        obj(
                                                "tiny",
                                                obj(
                                                        "vcluster",
                                                        obj(
                                                                "cpu", "1", "pods", 3, "volumes", "1Gi", "storage",
                                                                "1Gi"))))))
                        .subList(0, 2));
    }

    @Test
    void aSizeThatIsShippedMayBeChangedInPart() {
        var size = (Size.Vcluster) merge(new SettingsDocument(
                        "spec", obj("sizes", obj("small", obj("vcluster", obj("pods", 3))))))
                .sizes()
                .get("small");
        assertEquals(3, size == null ? 0 : size.pods());
        assertEquals("4Gi", size == null ? "" : size.memory().toString());
    }

    @Test
    void aFaultIsSaidOfTheDocumentThatBroughtItInAndOnce() {
        assertEquals(
                List.of("spec.limits.maxApps: is 99, must be a whole number from 0 to 50"),
                faults(
                        new SettingsDocument("spec", obj("limits", obj("maxApps", 99))),
                        new SettingsDocument("data", obj("timing", obj("settled", "5m")))));
    }

    @Test
    void allFaultsAreSaidAtOnce() {
        assertEquals(
                List.of(
                        "spec.nonsense: unknown field; known here are access, apps, catalog, host, limits, sizes, timing,"
                                + " vcluster",
                        "spec.limits.maxApps: is text, must be a whole number",
                        "spec.timing.settled: is 1s, must be from 30s to 24h"),
                faults(new SettingsDocument(
                        "spec",
                        obj(
                                "nonsense", true,
                                "limits", obj("maxApps", "many"),
                                "timing", obj("settled", "1s")))));
    }

    @Test
    void anotherKindOfDocumentIsNoSettings() {
        var faults = new ArrayList<Fault>();
        SettingsDocument.of(obj("kind", "ConfigMap"), faults);
        assertEquals(List.of(new Fault("kind", "is \"ConfigMap\", must be Settings or EnvironmentConfig")), faults);
    }

    private static Settings merge(SettingsDocument... documents) {
        var faults = new ArrayList<Fault>();
        var settings = SettingsDocument.merge(List.of(documents), faults);
        assertEquals(List.of(), faults);
        return settings;
    }

    private static List<String> faults(SettingsDocument... documents) {
        var faults = new ArrayList<Fault>();
        SettingsDocument.merge(List.of(documents), faults);
        return faults.stream().map(Fault::toString).toList();
    }
}

package io.functionenvironment.api.settings;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.Registry;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import java.time.Duration;
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
        assertFalse(settings.vcluster().explicit().version());
    }

    @Test
    void eachDocumentLiesOverTheOnesBefore() {
        var settings = merge(
                new SettingsDocument("spec", obj("limits", obj("maxApps", 5, "chartRepositories", arr("oci://a/b")))),
                new SettingsDocument("data", obj("limits", obj("maxApps", 7))));
        assertEquals(new Limits(List.of("oci://a/b"), 7), settings.limits());
    }

    @Test
    void nullTakesAwayWhatIsShipped() {
        var settings = merge(new SettingsDocument(
                "spec", obj("catalog", obj("podinfo", new Json.Null()), "sizes", obj("large", new Json.Null()))));
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
    void whatEveryClusterNeedsCannotBeTakenAway() {
        assertEquals(
                List.of("spec.vcluster.chart: is missing: the repository and version of the vcluster chart"),
                vcluster(obj("chart", new Json.Null())));
        assertEquals(
                List.of("spec.vcluster.chart.version: is missing: one exact version like 0.36.1"),
                vcluster(obj("chart", obj("version", new Json.Null()))));
        assertEquals(
                List.of("spec.vcluster.kubernetesVersion: is missing: which of kubernetesVersions those get who ask for"
                        + " none"),
                vcluster(obj("kubernetesVersion", new Json.Null())));
        var none =
                obj("1.36", new Json.Null(), "1.35", new Json.Null(), "1.34", new Json.Null(), "1.33", new Json.Null());
        assertEquals(
                List.of("spec.vcluster.kubernetesVersions: is empty, must have at least one minor version, with the tag"
                        + " of its image"),
                vcluster(obj("kubernetesVersions", none)));
        assertEquals(
                List.of("spec.vcluster.kubernetesVersions: is missing: at least one minor version, with the tag of its"
                        + " image"),
                vcluster(obj("kubernetesVersions", new Json.Null())));
    }

    @Test
    void noValuesMayLoseTheStoreOrTheWayIn() {
        for (var off : List.of(new Json.Bool(false), new Json.Text("false"))) {
            assertEquals(
                    List.of("spec.vcluster.values.controlPlane.statefulSet.persistence.volumeClaim.enabled: must not be"
                            + " false: the cluster's store would be lost with its pod, and with it every app"),
                    values(obj("controlPlane", statefulSet(off))));
        }
        assertEquals(
                List.of("spec.vcluster.values.controlPlane.backingStore: cannot be chosen: no cluster can change its"
                        + " store, and one that did would lose all in it"),
                values(obj("controlPlane", obj("backingStore", obj("etcd", obj("deploy", obj("enabled", true)))))));
        assertEquals(
                List.of("spec.vcluster.values.exportKubeConfig.secret: is deprecated by the chart, and excludes the"
                        + " Secrets that the way in needs"),
                values(obj("exportKubeConfig", obj("secret", obj("name", "mine")))));
        assertEquals(List.of(), values(obj("controlPlane", statefulSet(new Json.Bool(true)))));
        assertEquals(List.of(), values(obj("controlPlane", "anything", "exportKubeConfig", 5)));
    }

    @Test
    void aControlPlaneHasAtLeastWhatItRequests() {
        assertEquals(
                List.of(
                        "spec.sizes.small.vcluster.controlPlane.cpu: is 0.1, must be at least 200m, which the control"
                                + " plane requests",
                        "spec.sizes.small.vcluster.controlPlane.memory: is 255Mi, must be at least 256Mi, which the"
                                + " control plane requests"),
                controlPlane("0.1", "255Mi"));
        assertEquals(List.of(), controlPlane("200m", "256Mi"));
    }

    @Test
    void aTeamThatATemplateLeftOutIsNotAllTeams() {
        assertEquals(
                List.of(
                        "data.access.subjects[0].teams: names no namespace, must name one or be left out, which means all",
                        "data.access.subjects[1].teams[0]: is missing: a namespace",
                        "data.access.subjects[2].teams: names no namespace, must name one or be left out, which means all"),
                faults(new SettingsDocument(
                        "data",
                        obj(
                                "access",
                                obj(
                                        "subjects",
                                        arr(
                                                subject(new Json.Null()),
                                                subject(arr(new Json.Null())),
                                                subject(arr())))))));
    }

    private static Json.Obj subject(Json teams) {
        return obj("kind", "Group", "name", "developers", "teams", teams);
    }

    @Test
    void nobodyLooksSoOftenThatCrossplaneStopsListening() {
        assertEquals(
                List.of("spec.timing.waiting: is 3s, must be from 4s to 24h"),
                faults(new SettingsDocument("spec", obj("timing", obj("waiting", "3s")))));
        merge(new SettingsDocument("spec", obj("timing", obj("waiting", "4s"))));
    }

    @Test
    void whatMayBeAPasswordIsNotRepeated() {
        var secret = "https://ci:hunter2@registry.example.org";
        var said = faults(new SettingsDocument(
                        "spec",
                        obj(
                                secret,
                                true,
                                "limits",
                                obj("chartRepositories", arr(secret)),
                                "sizes",
                                obj(secret, obj()),
                                "host",
                                obj("labels", obj(secret, secret)),
                                "catalog",
                                obj(secret, obj("chart", obj("repository", secret, "name", secret))),
                                "vcluster",
                                obj(
                                        "imageRegistry",
                                        secret,
                                        "isolation",
                                        obj("podSecurity", secret),
                                        "kubernetesVersions",
                                        obj(secret, secret)),
                                "apps",
                                arr(obj("name", "a", "set", arr(set(secret), set(secret)))),
                                "access",
                                obj("subjects", arr(obj("kind", secret, "name", secret))))))
                .toString();
        assertFalse(said.contains("hunter2"), said);
        assertTrue(
                said.contains("spec.limits.chartRepositories[0]: is text that is not shown, as it may hold a password,"
                        + " must be an https://"),
                said);
    }

    private static Json set(String name) {
        return obj("name", name, "value", "x");
    }

    private static Json statefulSet(Json enabled) {
        return obj("statefulSet", obj("persistence", obj("volumeClaim", obj("enabled", enabled))));
    }

    private static List<String> controlPlane(String cpu, String memory) {
        return faults(new SettingsDocument(
                "spec",
                obj("sizes", obj("small", obj("vcluster", obj("controlPlane", obj("cpu", cpu, "memory", memory)))))));
    }

    private static List<String> values(Json values) {
        return vcluster(obj("values", values));
    }

    private static List<String> vcluster(Json vcluster) {
        return faults(new SettingsDocument("spec", obj("vcluster", vcluster)));
    }

    @Test
    void anotherKindOfDocumentIsNoSettings() {
        var faults = new FieldErrors();
        SettingsDocument.of(obj("kind", "ConfigMap"), faults);
        assertEquals(
                List.of(new FieldError("kind", "is \"ConfigMap\", must be Settings or EnvironmentConfig")),
                faults.list());
    }

    private static Settings merge(SettingsDocument... documents) {
        var faults = new FieldErrors();
        var settings = SettingsDocument.merge(List.of(documents), Registry.SHIPPED.sizeFormats(), faults);
        assertEquals(List.of(), faults.list());
        return settings;
    }

    private static List<String> faults(SettingsDocument... documents) {
        var faults = new FieldErrors();
        SettingsDocument.merge(List.of(documents), Registry.SHIPPED.sizeFormats(), faults);
        return faults.list().stream().map(FieldError::toString).toList();
    }
}

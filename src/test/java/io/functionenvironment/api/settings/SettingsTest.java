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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void withoutDocumentsTheShippedDefaultsApply() {
        var settings = merge();
        assertEquals(Set.of("small", "medium", "large"), settings.sizes().keySet());
        assertEquals(Set.of("podinfo"), settings.catalog().keySet());
        assertEquals(
                new Timing(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(10), 100),
                settings.timing());
        assertFalse(settings.vcluster().explicit().version());
    }

    @Test
    void eachDocumentIsMergedOverTheOnesBefore() {
        var settings = merge(
                new SettingsDocument("spec", obj("limits", obj("maxApps", 5, "chartRepositories", arr("oci://a/b")))),
                new SettingsDocument("data", obj("limits", obj("maxApps", 7))));
        assertEquals(new Limits(List.of("oci://a/b"), 7, List.of(), Optional.empty()), settings.limits());
    }

    @Test
    void nullRemovesAShippedDefault() {
        var settings = merge(new SettingsDocument(
                "spec", obj("catalog", obj("podinfo", new Json.Null()), "sizes", obj("large", new Json.Null()))));
        assertEquals(Set.of(), settings.catalog().keySet());
        assertEquals(Set.of("small", "medium"), settings.sizes().keySet());
    }

    @Test
    void nullInALaterDocumentRemovesADefaultWhateverAnEarlierOneHas() {
        var tiny = obj("vcluster", obj("cpu", "1"));
        var settings = merge(
                new SettingsDocument("spec", obj("sizes", obj("small", tiny))),
                new SettingsDocument("data", obj("sizes", obj("large", new Json.Null()))));
        assertEquals(Set.of("small", "medium"), settings.sizes().keySet());
    }

    @Test
    void aNewSizeMustBeComplete() {
        assertEquals(
                List.of("data.sizes.tiny.vcluster.controlPlane", "data.sizes.tiny.vcluster.memory"),
                invalid(new SettingsDocument(
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
    void aDomainMayBeInAnotherDocumentThanTheValuesThatNeedIt() {
        var entry = obj("environmentValues", arr(obj("name", "host", "value", "<domain>")));
        var catalog = new SettingsDocument("spec", obj("catalog", obj("podinfo", entry)));
        var other = new SettingsDocument("data", obj("limits", obj("maxApps", 7)));
        assertEquals(List.of("spec.catalog.podinfo.environmentValues[0].value"), invalid(catalog, other));
        assertEquals(
                List.of(), invalid(catalog, new SettingsDocument("data", obj("domain", "environments.example.org"))));
    }

    @Test
    void anErrorIsReportedOnceInTheFirstDocumentThatHasIt() {
        assertEquals(
                List.of("spec.limits.maxApps"),
                invalid(
                        new SettingsDocument("spec", obj("limits", obj("maxApps", 99))),
                        new SettingsDocument("data", obj("timing", obj("settled", "5m")))));
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        assertEquals(
                List.of(
                        "spec.nonsense: is an unknown field; known fields: access, apps, argocd, argocdRegistration, catalog,"
                                + " domain, gateway, host, ingress, knative, limits, manifests, pullRequestURL, requireEnvironmentConfig, securityFixes, sizes, teams, timing, vcluster",
                        "spec.limits.maxApps: is a string; must be a whole number",
                        "spec.timing.settled: is 1s; must be from 30s to 24h"),
                errors(new SettingsDocument(
                        "spec",
                        obj(
                                "nonsense", true,
                                "limits", obj("maxApps", "many"),
                                "timing", obj("settled", "1s")))));
    }

    @Test
    void fieldsThatEveryVclusterNeedsCannotBeRemoved() {
        assertEquals(List.of("spec.vcluster.chart"), vcluster(obj("chart", new Json.Null())));
        assertEquals(List.of("spec.vcluster.chart.version"), vcluster(obj("chart", obj("version", new Json.Null()))));
        assertEquals(List.of("spec.vcluster.kubernetesVersion"), vcluster(obj("kubernetesVersion", new Json.Null())));
        var none =
                obj("1.36", new Json.Null(), "1.35", new Json.Null(), "1.34", new Json.Null(), "1.33", new Json.Null());
        assertEquals(List.of("spec.vcluster.kubernetesVersions"), vcluster(obj("kubernetesVersions", none)));
        assertEquals(List.of("spec.vcluster.kubernetesVersions"), vcluster(obj("kubernetesVersions", new Json.Null())));
    }

    @Test
    void valuesThatLoseTheStateOrTheKubeconfigAreErrors() {
        for (var disabled : List.of(new Json.Bool(false), new Json.Text("false"))) {
            assertEquals(
                    List.of("spec.vcluster.values.controlPlane.statefulSet.persistence.volumeClaim.enabled"),
                    values(obj("controlPlane", statefulSet(disabled))));
        }
        assertEquals(
                List.of("spec.vcluster.values.controlPlane.backingStore"),
                values(obj("controlPlane", obj("backingStore", obj("etcd", obj("deploy", obj("enabled", true)))))));
        assertEquals(
                List.of("spec.vcluster.values.exportKubeConfig.secret"),
                values(obj("exportKubeConfig", obj("secret", obj("name", "mine")))));
        assertEquals(List.of(), values(obj("controlPlane", statefulSet(new Json.Bool(true)))));
        assertEquals(List.of(), values(obj("controlPlane", "anything", "exportKubeConfig", 5)));
    }

    @Test
    void aSecretOfTheKubeconfigThatTheChartRefusesIsAnError() {
        var secret = "spec.vcluster.values.exportKubeConfig.additionalSecrets";
        var items = arr(
                new Json.Null(),
                obj(),
                obj("name", ""),
                obj("name", "a"),
                obj("name", "a"),
                obj("name", "a", "namespace", "b"),
                obj("namespace", "b"),
                obj("name", "x-incluster"),
                "text");
        assertEquals(
                List.of(0, 1, 2, 4, 7, 8).stream()
                        .map(index -> secret + "[" + index + "]" + (index == 7 ? ".name" : ""))
                        .toList(),
                values(obj("exportKubeConfig", obj("additionalSecrets", items))));
    }

    @Test
    void namesForTheCertificateAreAListOfTexts() {
        var names = "spec.vcluster.values.controlPlane.proxy.extraSANs";
        assertEquals(List.of(names), values(obj("controlPlane", obj("proxy", obj("extraSANs", "x")))));
        assertEquals(
                List.of(names + "[0]", names + "[1]", names + "[2]"),
                values(obj(
                        "controlPlane",
                        obj("proxy", obj("extraSANs", arr(1, "", new Json.Null(), "a.example.org", "10.0.0.1"))))));
    }

    @Test
    void theLimitsOfAControlPlaneAreAtLeastItsRequests() {
        assertEquals(
                List.of("spec.sizes.small.vcluster.controlPlane.cpu", "spec.sizes.small.vcluster.controlPlane.memory"),
                controlPlane("0.1", "255Mi"));
        assertEquals(List.of(), controlPlane("200m", "256Mi"));
    }

    @Test
    void aSizeInWhichNothingCanRunIsAnError() {
        assertEquals(
                List.of(
                        "spec.sizes.small.vcluster.cpu: is 99m; must be at least 100m: no app could run with less",
                        "spec.sizes.small.vcluster.memory: is 1M; must be at least 64Mi: no app could run with less",
                        "spec.sizes.small.vcluster.storage: is 1M; must be at least 512Mi: the store of the cluster would be"
                                + " full soon",
                        "spec.sizes.small.vcluster.containerLimits.cpu: is 1m; must be at least 10m: Linux cannot limit a"
                                + " container to less",
                        "spec.sizes.small.vcluster.containerLimits.memory: is 1M; must be at least 16Mi: a container would be"
                                + " killed as soon as it starts"),
                small(obj(
                        "cpu", "99m",
                        "memory", "1M",
                        "storage", "1M",
                        "containerLimits", obj("cpu", "1m", "memory", "1M"))));
        assertEquals(
                List.of(),
                small(obj(
                        "cpu", "100m",
                        "memory", "64Mi",
                        "volumes", "1M",
                        "storage", "512Mi",
                        "containerLimits", obj("cpu", "10m", "memory", "16Mi"))));
    }

    @Test
    void aSizeThatNoHostHasIsAnError() {
        var most = obj("cpu", "999999", "memory", "999999Ti");
        assertEquals(
                List.of(
                        "spec.sizes.small.vcluster.cpu: is 999999; must be at most 10000; check its unit",
                        "spec.sizes.small.vcluster.memory: is 999999Ti; must be at most 100Ti; check its unit",
                        "spec.sizes.small.vcluster.volumes: is 999999Ti; must be at most 10000Ti; check its unit",
                        "spec.sizes.small.vcluster.storage: is 999999Ti; must be at most 64Ti; check its unit",
                        "spec.sizes.small.vcluster.controlPlane.cpu: is 999999; must be at most 1000; check its unit",
                        "spec.sizes.small.vcluster.controlPlane.memory: is 999999Ti; must be at most 32Ti; check its unit",
                        "spec.sizes.small.vcluster.containerLimits.cpu: is 999999; must be at most 1000; check its unit",
                        "spec.sizes.small.vcluster.containerLimits.memory: is 999999Ti; must be at most 32Ti; check its"
                                + " unit"),
                small(obj(
                        "cpu", "999999",
                        "memory", "999999Ti",
                        "volumes", "999999Ti",
                        "storage", "999999Ti",
                        "controlPlane", most,
                        "containerLimits", most)));
    }

    @Test
    void settingsWithoutAnySizeAreAnError() {
        var none = obj("small", new Json.Null(), "medium", new Json.Null(), "large", new Json.Null());
        for (var sizes : List.of(none, new Json.Null())) {
            assertEquals(List.of("spec.sizes"), invalid(new SettingsDocument("spec", obj("sizes", sizes))));
        }
    }

    private static List<String> small(Json.Obj size) {
        return errors(new SettingsDocument("spec", obj("sizes", obj("small", obj("vcluster", size)))));
    }

    @Test
    void aSubjectThatTheClusterRefusesIsAnError() {
        for (var name : List.of("X y", "a:b", "system:serviceaccount:ci:deployer", "a..b", "Deployer")) {
            assertEquals(
                    List.of("data.access.subjects[0].name"),
                    subjects(obj("kind", "ServiceAccount", "name", name, "namespace", "ci")));
            assertEquals(List.of(), subjects(obj("kind", "User", "name", name)));
        }
        assertEquals(
                List.of("data.access.subjects[0].namespace"),
                subjects(obj("kind", "ServiceAccount", "name", "deployer", "namespace", "C i")));
        assertEquals(List.of(), subjects(obj("kind", "ServiceAccount", "name", "a.b", "namespace", "ci")));
    }

    private static List<String> subjects(Json.Obj subject) {
        return invalid(new SettingsDocument("data", obj("access", obj("subjects", arr(subject)))));
    }

    @Test
    void aLabelThatTheHostNamespaceCannotHaveIsAnError() {
        for (var key : List.of(
                "a..b/c",
                "A.b/c",
                "kubernetes.io/metadata.name",
                "pod-security.kubernetes.io/enforce",
                "pod-security.kubernetes.io/warn",
                "environment.fn.crossplane.io/owner")) {
            assertEquals(List.of("data.host.labels"), labels(key));
        }
        for (var key : List.of("team", "a.b/c", "app.kubernetes.io/name", "Cost_Center")) {
            assertEquals(List.of(), labels(key));
        }
    }

    private static List<String> labels(String key) {
        return invalid(new SettingsDocument("data", obj("host", obj("labels", obj(key, "x")))));
    }

    @Test
    void chartsWithOneNameAndVersionFromTwoRepositoriesAreAnErrorOfTheEntryThatIsNotShipped() {
        assertEquals(
                List.of("data.catalog.mirror.chart"),
                invalid(new SettingsDocument("data", chart("mirror", "podinfo", "6.14.1"))));
        assertEquals(
                List.of("data.catalog.cluster.chart"),
                invalid(new SettingsDocument("data", chart("cluster", "vcluster", "0.36.1"))));
        merge(new SettingsDocument("data", chart("mirror", "podinfo", "6.14.0")));
        merge(new SettingsDocument("data", chart("podinfo", "podinfo", "6.14.1")));
    }

    private static Json.Obj chart(String entry, String name, String version) {
        var chart = obj("repository", "https://charts.example.org", "name", name, "version", version);
        return obj("catalog", obj(entry, obj("chart", chart)));
    }

    @Test
    void emptyTeamsAreAnErrorAndNotAllTeams() {
        assertEquals(
                List.of(
                        "data.access.subjects[0].teams",
                        "data.access.subjects[1].teams[0]",
                        "data.access.subjects[2].teams"),
                invalid(new SettingsDocument(
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
    void anIntervalThatCouldOpenTheCircuitBreakerIsAnError() {
        assertEquals(
                List.of("spec.timing.waiting"),
                invalid(new SettingsDocument("spec", obj("timing", obj("waiting", "3s")))));
        merge(new SettingsDocument("spec", obj("timing", obj("waiting", "4s"))));
    }

    @Test
    void textThatMayContainAPasswordIsNotInTheErrors() {
        var secret = "https://ci:hunter2@registry.example.org";
        var errors = errors(new SettingsDocument(
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
        assertFalse(errors.contains("hunter2"), errors);
        assertTrue(errors.contains("spec.limits.chartRepositories[0]: has credentials, which are not shown"), errors);
    }

    private static Json set(String name) {
        return obj("name", name, "value", "x");
    }

    private static Json statefulSet(Json enabled) {
        return obj("statefulSet", obj("persistence", obj("volumeClaim", obj("enabled", enabled))));
    }

    private static List<String> controlPlane(String cpu, String memory) {
        return invalid(new SettingsDocument(
                "spec",
                obj("sizes", obj("small", obj("vcluster", obj("controlPlane", obj("cpu", cpu, "memory", memory)))))));
    }

    private static List<String> values(Json values) {
        return vcluster(obj("values", values));
    }

    private static List<String> vcluster(Json vcluster) {
        return invalid(new SettingsDocument("spec", obj("vcluster", vcluster)));
    }

    @Test
    void aDocumentOfAnotherKindIsAnError() {
        var errors = new FieldErrors();
        SettingsDocument.of(obj("kind", "ConfigMap"), errors);
        assertEquals(
                List.of(new FieldError("kind", "is \"ConfigMap\"; must be Settings or EnvironmentConfig")),
                errors.list());
    }

    private static Settings merge(SettingsDocument... documents) {
        var errors = new FieldErrors();
        var settings = SettingsDocument.merge(List.of(documents), Registry.SHIPPED.sizeFormats(), errors);
        assertEquals(List.of(), errors.list());
        return settings;
    }

    /** The fields with errors. */
    private static List<String> invalid(SettingsDocument... documents) {
        return fieldErrors(documents).list().stream().map(FieldError::path).toList();
    }

    private static List<String> errors(SettingsDocument... documents) {
        return fieldErrors(documents).list().stream().map(FieldError::toString).toList();
    }

    private static FieldErrors fieldErrors(SettingsDocument... documents) {
        var errors = new FieldErrors();
        SettingsDocument.merge(List.of(documents), Registry.SHIPPED.sizeFormats(), errors);
        return errors;
    }
}

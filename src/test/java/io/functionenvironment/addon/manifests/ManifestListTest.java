package io.functionenvironment.addon.manifests;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.api.settings.ManifestRules;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the reader refuses beyond the rules of the XRD, which examples/rejected has. */
class ManifestListTest {
    @Test
    void aNamespacedKindNeedsANamespaceAndAnotherHasNone() {
        assertEquals(
                "metadata.namespace: is missing; must be the namespace of the Deployment.apps, like default",
                error(object("apps/v1", "Deployment", obj("name", "a"))));
        assertEquals(
                "metadata.namespace: is x, but a ClusterRole.rbac.authorization.k8s.io has no namespace; remove it",
                error(object("rbac.authorization.k8s.io/v1", "ClusterRole", obj("name", "a", "namespace", "x"))));
        assertEquals("", error(object("example.org/v1", "Shop", obj("name", "a"))), "nothing is known of this kind");
    }

    @Test
    void aNamespaceOfEveryClusterIsRefusedBecauseNobodyCanDeleteIt() {
        assertEquals(
                "metadata.name: is kube-system, which every cluster has and nobody can delete; choose another namespace",
                error(object("v1", "Namespace", obj("name", "kube-system"))));
    }

    @Test
    void aListAndAStatusAreRefused() {
        assertEquals(
                "kind: is ConfigMapList, a list; write each of its objects into an item of its own",
                error(Merge.over(object("v1", "ConfigMapList", obj("name", "a")), obj("items", arr()))));
        assertEquals(
                "status: is written by controllers; remove it",
                error(Merge.over(object("v1", "Namespace", obj("name", "a")), obj("status", obj("phase", "Active")))));
    }

    @Test
    void aNumberThatCrossplaneWouldChangeIsRefused() {
        assertEquals(
                "data.n: is 9007…; whole numbers from 9007199254740992 (2^53) on may be changed on their way to the cluster;"
                        + " write it in quotes if the object has a string there",
                error(Merge.over(
                        object("example.org/v1", "Shop", obj("name", "a")),
                        obj("data", obj("n", new Json.Num(9007199254740992.0))))));
    }

    @Test
    void aSecretIsRefusedAlsoWherePlatformsAllowAnyKind() {
        assertEquals(
                "kind: is Secret, whose content everybody could read who may read Environments; let a chart create it with"
                        + " valuesFrom of an app, or let an operator fetch it",
                error(object("v1", "Secret", obj("name", "a", "namespace", "default"))));
        assertEquals("", error(object("example.org/v1", "Secret", obj("name", "a"))));
    }

    @Test
    void kindsAreAllowedOneByOneByGroupOrAltogether() {
        var rules = new ManifestRules(List.of("ConfigMap", "*.apps"));
        assertEquals(
                List.of(true, false, true, false),
                List.of(
                        rules.allow("ConfigMap", ""),
                        rules.allow("Service", ""),
                        rules.allow("Deployment", "apps"),
                        rules.allow("ConfigMap", "example.org")));
        assertEquals(true, new ManifestRules(List.of("*")).allow("Service", ""));
        assertEquals(false, new ManifestRules(List.of("*")).allow("Deployment", "apps"));
        assertEquals(true, ManifestRules.ALL.allow("Deployment", "apps"));
        assertEquals(
                "kind: is Service, which this platform does not allow; use one of ConfigMap, *.apps",
                error(object("v1", "Service", obj("name", "a", "namespace", "default")), rules));
        assertEquals(
                "kind: is Service, which this platform does not allow; remove the manifest",
                error(object("v1", "Service", obj("name", "a", "namespace", "default")), new ManifestRules(List.of())));
    }

    @Test
    void aConditionBecomesAQuery() {
        var item = obj("name", "a", "manifest", object("v1", "Namespace", obj("name", "a")), "readyCondition", "Ready");
        assertEquals(
                Optional.of("has(object.status) && has(object.status.conditions) && object.status.conditions.exists("
                        + "c, c.type == 'Ready' && c.status == 'True')"),
                list(item, ManifestRules.ALL, new FieldErrors())
                        .read()
                        .values()
                        .iterator()
                        .next()
                        .readyQuery());
    }

    private static Json.Obj object(String apiVersion, String kind, Json.Obj metadata) {
        return obj("apiVersion", apiVersion, "kind", kind, "metadata", metadata);
    }

    private static String error(Json.Obj manifest) {
        return error(manifest, ManifestRules.ALL);
    }

    /** The errors of a manifest, without the path of its item. */
    private static String error(Json.Obj manifest, ManifestRules rules) {
        var errors = new FieldErrors();
        list(obj("name", "a", "manifest", manifest), rules, errors);
        return String.join(
                "; ",
                errors.list().stream()
                        .map(error -> error.toString().replace("spec.manifests[0].manifest.", ""))
                        .toList());
    }

    private static ManifestList list(Json.Obj item, ManifestRules rules, FieldErrors errors) {
        return ManifestList.read(FieldReader.at("spec.manifests", Optional.of(arr(item)), errors), rules);
    }
}

package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import org.junit.jupiter.api.Test;

/** The chart that installs virtual clusters may come from a registry with a login, and by its digest. */
class VclusterChartSourceTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final Json.Obj PINNED = obj(
            "repository",
            "oci://registry.example.org/charts",
            "version",
            "0.36.1",
            "digest",
            DIGEST,
            "pullSecretRef",
            obj("name", "chart-registry"));

    private static Json.Obj chart(Json.Obj chart) {
        return settings(obj("vcluster", obj("chart", chart)));
    }

    private static Json chart(ObservedStateFake state) {
        return body(state.call(), "cluster").at("spec", "forProvider", "chart").orElseThrow();
    }

    @Test
    void theReleasePullsTheChartWithItsDigestAndASecretOfTheEnvironmentsNamespace() {
        assertEquals(
                obj(
                        "repository", "oci://registry.example.org/charts",
                        "name", "vcluster",
                        "version", "0.36.1",
                        "digest", DIGEST,
                        "pullSecretRef", obj("name", "chart-registry")),
                chart(new ObservedStateFake(environment("a"), chart(PINNED)).steps(2)));
    }

    @Test
    void anotherLoginReachesExistingClustersAndChangesNothingElse() {
        var state = new ObservedStateFake(environment("a"), chart(PINNED)).steps(6);
        var before = state.observed("cluster").object("spec", "forProvider", "values");
        state.settings(chart(obj(
                        "repository",
                        "oci://registry.example.org/charts",
                        "version",
                        "0.36.1",
                        "digest",
                        DIGEST,
                        "pullSecretRef",
                        obj("name", "other"))))
                .steps(1);
        assertEquals(obj("name", "other"), chart(state).at("pullSecretRef").orElseThrow());
        assertEquals(before, state.observed("cluster").object("spec", "forProvider", "values"));
    }

    @Test
    void aClusterKeepsItsVersionWhenThePlatformNoLongerPinsIt() {
        var state = new ObservedStateFake(environment("a"), chart(PINNED)).steps(6);
        state.settings(chart(obj("repository", "oci://registry.example.org/charts")))
                .steps(1);
        assertEquals(
                obj("repository", "oci://registry.example.org/charts", "name", "vcluster", "version", "0.36.1"),
                chart(state));
    }

    @Test
    void theServiceAccountOfTheControlPlaneNamesThePullSecretsOnce() {
        var secrets = arr(obj("name", "one"), obj("name", "two"), obj("name", "one"));
        var state = new ObservedStateFake(environment("a"), settings(obj("vcluster", obj("imagePullSecrets", secrets))))
                .steps(2);
        assertEquals(
                obj("serviceAccount", obj("imagePullSecrets", arr(obj("name", "one"), obj("name", "two")))),
                body(state.call(), "cluster").object("spec", "forProvider", "values", "controlPlane", "advanced"));
    }
}

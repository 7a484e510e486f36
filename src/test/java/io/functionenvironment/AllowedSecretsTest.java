package io.functionenvironment;

import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.invalid;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person who may edit an Environment can use only the Secrets of its namespace that the platform allows by their names. */
class AllowedSecretsTest {
    private static final String REPOSITORY = "oci://registry.example.org/charts";
    private static final Json.Obj LIMITS = obj("chartRepositories", arr(REPOSITORY), "secretNamePrefix", "values-");

    private static Json.Obj request(String secret) {
        var reference = obj("secretKeyRef", obj("name", secret, "key", "k"));
        var app = obj(
                "name",
                "own",
                "chart",
                obj("repository", REPOSITORY, "name", "own", "version", "1.0.0", "pullSecretRef", obj("name", secret)),
                "valuesFrom",
                arr(obj("configMapKeyRef", obj("name", "any")), reference),
                "set",
                arr(obj("name", "a", "value", "b"), obj("name", "c", "valueFrom", reference)));
        var argocd = obj(
                "enabled",
                true,
                "repoURL",
                "https://git.example.org/team/apps",
                "path",
                "apps",
                "credentialsSecretRef",
                obj("name", secret));
        return environment(obj("apps", arr(app), "argocd", argocd));
    }

    private static ObservedStateFake state(String secret, Json.Obj limits) {
        return new ObservedStateFake(request(secret), settings(obj("limits", limits))).steps(9);
    }

    @Test
    void eachUseOfAnotherSecretIsRefusedAtItsName() {
        var response = state("database", LIMITS).call();
        assertEquals(
                List.of(
                        "spec.apps[0].chart.pullSecretRef.name",
                        "spec.apps[0].valuesFrom[1].secretKeyRef.name",
                        "spec.apps[0].set[1].valueFrom.secretKeyRef.name",
                        "spec.argocd.credentialsSecretRef.name"),
                invalid(response),
                condition(response, "Accepted"));
        assertEquals(List.of(false, false), installed(state("database", LIMITS)));
    }

    @Test
    void anAllowedSecretIsUsed() {
        var state = state("values-database", LIMITS);
        assertEquals(List.of(), invalid(state.call()));
        assertEquals(List.of(true, true), installed(state));
    }

    @Test
    void withoutALimitEverySecretIsUsed() {
        assertEquals(List.of(true, true), installed(state("database", obj("chartRepositories", arr(REPOSITORY)))));
    }

    @Test
    void whatIsInstalledStaysWhenItsSecretIsNoLongerAllowed() {
        var state = state("database", obj("chartRepositories", arr(REPOSITORY)));
        var before = List.of(state.observed("app-own"), state.observed("argocd"));
        state.settings(settings(obj("limits", LIMITS))).steps(2);
        assertEquals(
                before.stream().map(one -> one.object("spec")).toList(),
                List.of(
                        state.observed("app-own").object("spec"),
                        state.observed("argocd").object("spec")));
    }

    private static List<Boolean> installed(ObservedStateFake state) {
        return List.of(state.names().contains("app-own"), state.names().contains("argocd"));
    }
}

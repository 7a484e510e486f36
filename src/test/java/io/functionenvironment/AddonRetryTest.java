package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release of an add-on that failed too often is retried on request, and its condition names the field for that. */
class AddonRetryTest {
    private static final String REPOSITORY = "https://git.example.com/team/app.git";

    private static Json.Obj requesting(String addon, Object... more) {
        var fields = addon.equals("argocd") ? obj("enabled", true, "repoURL", REPOSITORY) : obj("enabled", true);
        return environment(obj(addon, Merge.over(fields, obj(more))));
    }

    private static Json.Obj failed(int times) {
        return obj(
                "failed",
                times,
                "atProvider",
                obj("state", "failed", "revision", 1, "releaseDescription", "nothing can be pulled"),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "False", "Unavailable")));
    }

    private static double limit(ObservedStateFake state, String release) {
        return body(state.step(), release).number("spec", "rollbackLimit").orElse(0.0);
    }

    @ParameterizedTest
    @CsvSource({"argocd, GitOpsReady, Argo CD", "knative, ServerlessReady, Knative"})
    void aFailedReleaseIsRetriedOnceMoreForEachRequest(String addon, String condition, String name) {
        var state = new ObservedStateFake(requesting(addon), Json.Obj.EMPTY).steps(9);
        state.status(addon, failed(3));
        var reported = condition(state.call(), condition);
        var usual = limit(state, addon);
        state.change(requesting(addon, "retryRequestedAt", "one"));
        var requested = limit(state.status(addon, failed(3)), addon);
        var same = limit(state.status(addon, failed(6)), addon);
        state.change(requesting(addon, "retryRequestedAt", "two"));
        var again = limit(state.status(addon, failed(6)), addon);
        var works = limit(state.status(addon, obj()), addon);
        assertEquals(List.of(3.0, 6.0, 6.0, 9.0, 3.0), List.of(usual, requested, same, again, works));
        assertEquals(
                "FALSE Failing: " + name + " fails: component " + addon
                        + ": nothing can be pulled (retry 3 of 3; after that, it is retried only when its chart or values"
                        + " change, or spec." + addon + ".retryRequestedAt)",
                reported);
    }

    @Test
    void ofAnArgoCdThatOnlyThePlatformRequestsNoFieldOfTheTeamIsNamed() {
        var added = settings(obj("argocd", obj("application", obj("repoURL", REPOSITORY))));
        var state = new ObservedStateFake(environment(), added).steps(9).status("argocd", failed(3));
        assertEquals(
                "FALSE Failing: Argo CD fails: component argocd: nothing can be pulled (retry 3 of 3; after that, it is"
                        + " retried only when its chart or values change)",
                condition(state.call(), "GitOpsReady"));
        assertEquals(Optional.of(3.0), body(state.call(), "argocd").number("spec", "rollbackLimit"));
    }
}

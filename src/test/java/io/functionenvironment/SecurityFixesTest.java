package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.ObservedStateFake.NOW;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster that an earlier release created keeps its values, but for those that close a hole: these are announced for one
 * settled interval, and then applied.
 */
class SecurityFixesTest {
    private static final String[] FIXED = {"policies", "networkPolicy", "workload"};
    private static final String FINGERPRINT = "environment.fn.crossplane.io/values-fingerprint";
    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final String EFFECT =
            "the network policy closes addresses, such as those where clouds give out credentials of nodes. ";

    /** A value that this release would not make, as any that it ships in another way than an earlier one. */
    private static final Json.Obj OTHER_VALUE = obj("telemetry", obj("enabled", true));

    @TempDir
    private Path folder;

    private Instant now = NOW;

    /** The cluster as an earlier release composed it, which did not set what {@link #FIXED} names. */
    private ObservedStateFake olderCluster(Json.Obj settings) {
        return olderCluster(settings, FIXED);
    }

    private ObservedStateFake olderCluster(Json.Obj settings, String... without) {
        var state = new ObservedStateFake(environment("a"), settings).steps(7);
        var values =
                Merge.over(Merge.replaced(values(state.observed("cluster")), Optional.empty(), without), OTHER_VALUE);
        var request = fingerprint(state.observed("cluster")).replaceFirst("-.*", "");
        var cluster = Merge.replaced(state.observed("cluster"), Optional.of(values), "spec", "forProvider", "values");
        return state.delete("cluster")
                .other("cluster", cluster)
                .annotate("cluster", FINGERPRINT, request + "-" + Digest.of(values))
                .evaluatedBy((call, ignored) -> Requests.FUNCTION.evaluate(call, now));
    }

    private static Json.Obj values(Json release) {
        return release.object("spec", "forProvider", "values");
    }

    private static String fingerprint(Json release) {
        return release.object("metadata", "annotations").text(FINGERPRINT).orElseThrow();
    }

    private static Json.Obj values(RunFunctionResponse response) {
        return values(body(response, "cluster"));
    }

    private static Json.Obj announced(RunFunctionResponse response) {
        return status(response).object("cluster", "securityFix");
    }

    private static Json.Obj fixed(Json.Obj values) {
        var fresh = new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(7);
        return Merge.replaced(values, values(fresh.observed("cluster")).at(FIXED), FIXED);
    }

    @Test
    void aFixIsAnnouncedForOneSettledIntervalAndThenAppliedAlone() {
        var state = olderCluster(Json.Obj.EMPTY);
        var before = values(state.observed("cluster"));
        var announcement = obj(
                "message",
                EFFECT + "The control plane restarts when it is applied.",
                "after",
                NOW.plus(SETTLED).toString());

        var first = state.step();
        assertEquals(List.of(before, announcement), List.of(values(first), announced(first)));

        now = NOW.plus(SETTLED).minusSeconds(1);
        var last = state.step();
        assertEquals(List.of(before, announcement), List.of(values(last), announced(last)));

        now = NOW.plus(SETTLED);
        var applied = state.step();
        assertEquals(List.of(fixed(before), obj()), List.of(values(applied), announced(applied)));

        now = NOW.plus(SETTLED.multipliedBy(5));
        var later = state.step();
        assertEquals(
                List.of(body(applied, "cluster"), obj()),
                List.of(body(later, "cluster"), announced(later)),
                "what was fixed stays like everything else");
    }

    @Test
    void thePlatformHoldsAFixBackAndLetsItGo() {
        var state = olderCluster(Json.Obj.EMPTY);
        var before = values(state.observed("cluster"));
        state.settings(settings(obj("securityFixes", "hold"))).step();
        now = NOW.plus(SETTLED.multipliedBy(10));
        var held = state.step();
        assertEquals(
                List.of(before, obj("message", EFFECT + "Settings hold it back with securityFixes: hold.")),
                List.of(values(held), announced(held)));

        var released = state.settings(settings(obj("securityFixes", "apply"))).step();
        assertEquals(
                List.of(before, Optional.of(now.plus(SETTLED).toString())),
                List.of(values(released), announced(released).text("after")));
        now = now.plus(SETTLED);
        assertEquals(fixed(before), values(state.step()));
    }

    @Test
    void aFixThatIsAnnouncedForALaterTimeThanPossibleIsAnnouncedAgain() {
        var state = olderCluster(Json.Obj.EMPTY);
        state.step();
        now = NOW.minus(Duration.ofDays(100));
        assertEquals(
                Optional.of(now.plus(SETTLED).toString()),
                announced(state.step()).text("after"));
    }

    @Test
    void aChangedRequestTakesTheFixWithIt() {
        var state = olderCluster(Json.Obj.EMPTY);
        var response = state.change(environment(obj("size", "medium"))).step();
        assertEquals(
                List.of(fixed(Json.Obj.EMPTY).at(FIXED), obj()),
                List.of(values(response).at(FIXED), announced(response)));
    }

    @Test
    void whatThePlatformSetsItselfIsNotFixed() {
        var state = olderCluster(settings(obj("vcluster", obj("isolation", obj("networkPolicy", false)))));
        var before = values(state.observed("cluster"));
        var response = state.step();
        assertEquals(List.of(before, obj()), List.of(values(response), announced(response)));
    }

    @Test
    void tokensOfServiceAccountsLeaveTheAnnotationsOfPods() {
        var fresh = new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(7);
        var path = new String[] {"sync", "toHost", "pods", "useSecretsForSATokens"};
        assertEquals(
                Optional.of(new Json.Bool(true)),
                values(fresh.observed("cluster")).at(path));
        var state = olderCluster(Json.Obj.EMPTY, path);
        assertEquals(
                "tokens of ServiceAccounts are in Secrets and no longer in annotations of pods, once these are created anew."
                        + " The control plane restarts when it is applied.",
                announced(state.step()).text("message").orElse(""));
        now = NOW.plus(SETTLED);
        assertEquals(Optional.of(new Json.Bool(true)), values(state.step()).at(path));
    }

    /** If a later chart no longer does, a fix can avoid the restart that it announces. */
    @Test
    void theChartRestartsTheControlPlaneWithAnyChangeOfItsValues() throws Exception {
        var chart = HelmChart.of("vcluster", "vcluster");
        var values = values(
                new ObservedStateFake(environment("a"), Json.Obj.EMPTY).steps(7).observed("cluster"));
        assertNotEquals(
                podAnnotations(chart, Merge.replaced(values, Optional.empty(), FIXED)), podAnnotations(chart, values));
    }

    private Json.Obj podAnnotations(HelmChart chart, Json.Obj values) throws Exception {
        return chart.render("dev", "host", List.of(values), folder).stream()
                .filter(object -> object.text("kind").orElse("").equals("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .object("spec", "template", "metadata", "annotations");
    }
}

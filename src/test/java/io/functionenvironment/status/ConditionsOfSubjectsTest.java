package io.functionenvironment.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ProviderConfigRef;
import io.functionenvironment.status.Subject.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an installed thing reports of itself, and the condition of what is no longer requested. */
class ConditionsOfSubjectsTest {
    private static final Owner OWNER = new Owner.Addon("mesh");

    @Test
    void aFindingIsReportedOnceEverythingIsReadyAndHoldsTheEnvironmentIfItSaysSo() {
        for (var holds : List.of(true, false)) {
            var subject = subject(true, new Finding(ConditionReason.FAILING, "The mesh is torn.", holds));
            var conditions = conditions(new ComponentState.Ready());
            assertEquals("False Failing The mesh is torn.", shown(conditions.of(subject)));
            assertEquals(holds, conditions.holdsReady(subject));
        }
    }

    @Test
    void aFindingThatIsGoodDoesNotHoldTheEnvironment() {
        var subject = subject(true, new Finding(ConditionReason.AVAILABLE, "All meshes are whole.", true));
        var conditions = conditions(new ComponentState.Ready());
        assertEquals("True Available All meshes are whole.", shown(conditions.of(subject)));
        assertEquals(false, conditions.holdsReady(subject));
    }

    @Test
    void aFindingIsNotReportedWhileAComponentIsNotReady() {
        var subject = subject(true, new Finding(ConditionReason.FAILING, "The mesh is torn.", false));
        var conditions = conditions(new ComponentState.Progressing(Activity.INSTALLING));
        assertEquals("False Progressing The mesh is starting.", shown(conditions.of(subject)));
        assertEquals(true, conditions.holdsReady(subject));
    }

    @Test
    void aFindingDoesNotHideThatARequestIsNotCarriedOut() {
        var subject = subject(false, new Finding(ConditionReason.FAILING, "The mesh is torn.", false));
        var conditions = conditions(new ComponentState.Ready());
        assertEquals(
                "False Invalid The mesh cannot be created as requested; see the condition Accepted.",
                shown(conditions.of(subject)));
        assertEquals(true, conditions.holdsReady(subject));
    }

    @Test
    void whatIsNoLongerRequestedDoesNotHoldTheEnvironment() {
        var subject = new Subject.Absent("MeshReady");
        var conditions = conditions(new ComponentState.Ready());
        assertEquals("True NotRequested It is not requested.", shown(conditions.of(subject)));
        assertEquals(false, conditions.holdsReady(subject));
    }

    private static Subject.Single subject(boolean complete, Finding finding) {
        return new Subject.Single("MeshReady", "The mesh", OWNER, complete, Optional.of(finding));
    }

    private static String shown(StatusCondition condition) {
        return condition.value().word() + " " + condition.reason() + " " + condition.message();
    }

    private static Conditions conditions(ComponentState state) {
        var object =
                KubernetesObject.of(Json.Obj.EMPTY, ProviderConfigRef.namespaced("x"), ManagementPolicies.NO_DELETE);
        var component = Component.requested("mesh", object, OWNER, Location.HOST, List.of());
        return new Conditions(new Progress(List.of(new Decision(component, Optional.empty(), state))));
    }
}

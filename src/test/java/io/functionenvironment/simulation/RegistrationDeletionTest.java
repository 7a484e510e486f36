package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Environment that is registered in an Argo CD is deleted, whether that Argo CD responds or not. */
class RegistrationDeletionTest {
    private static final Ref CLUSTER =
            new Ref("cluster.argocd.crossplane.io/v1alpha1", "Cluster", "", "team-a-dev-jpaxfzo35gcbqyrz");
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    @BeforeEach
    void register() {
        simulation.settings(Optional.of(obj("argocdRegistration", obj("providerConfig", "argocd"))));
        dev.createReady();
        assertTrue(simulation.get(CLUSTER).isPresent(), "it is registered");
        // As of a provider that deletes the cluster in Argo CD first.
        finalizers(arr("finalizer.managedresource.crossplane.io"));
    }

    private void finalizers(Json finalizers) {
        simulation.edit(CLUSTER, object -> JsonEdit.set(object, finalizers, "metadata", "finalizers"));
    }

    @Test
    void whatProviderArgocdNeedsStaysUntilItHasDeletedTheRegistrationAndNothingElse() {
        assertEquals(Optional.empty(), dev.tryDelete(), "the deletion is not refused");
        simulation.advance(Duration.ofHours(1));
        assertEquals(
                List.of(
                        "Cluster",
                        "EnvironmentConfig",
                        "Object argocd-registration",
                        "Release cluster",
                        "Secret",
                        "Usage usage-argocd-registration-cluster"),
                left());
        finalizers(arr());
        simulation.advance(Duration.ofMinutes(1));
        assertEquals(List.of("EnvironmentConfig"), left());
    }

    @Test
    void nothingIsLeftIfProviderArgocdDeletesTheRegistration() {
        dev.delete();
        finalizers(arr());
        simulation.settings(Optional.empty());
        dev.assertNothingIsLeftAfter(HALF_A_MINUTE);
    }

    @Test
    void withoutTheObjectsRightToDeleteTheRestGoesAndTheClusterStaysRegistered() {
        dev.delete();
        var object = Ref.of(dev.composed("argocd-registration").orElseThrow());
        simulation.edit(object, body -> JsonEdit.set(body, arr("Observe"), "spec", "managementPolicies"));
        simulation.advance(HALF_A_MINUTE);
        assertEquals(List.of("Cluster", "EnvironmentConfig"), left());
    }

    @Test
    void anEnvironmentWorksWhileItsRegistrationIsBeingDeletedAndNotGone() {
        simulation.settings(Optional.empty());
        simulation.advance(Duration.ofMinutes(30));
        assertEquals(
                Optional.of(true),
                simulation
                        .get(CLUSTER)
                        .map(object ->
                                object.at("metadata", "deletionTimestamp").isPresent()));
        assertTrue(dev.ready());
        finalizers(arr());
        simulation.advance(Duration.ofMinutes(15));
        assertEquals(Optional.empty(), dev.composed("usage-argocd-registration-cluster"));
        assertTrue(dev.ready());
    }

    /** The kinds that are left, with the names of components. */
    private List<String> left() {
        var left = new TreeSet<String>();
        simulation
                .host()
                .list(object -> !Ref.of(object).equals(Ref.namespace("team-a")))
                .forEach(object -> left.add(Ref.of(object).kind()
                        + object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                                .map(name -> " " + name)
                                .orElse("")));
        return List.copyOf(left);
    }
}

package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is changed, broken and healed, the invariants hold. {@code -Dseed=N} repeats one run, {@code -Dseeds=N} runs more. */
class SimulationPropertyTest {
    private static final Ref ENVIRONMENT = EnvironmentRun.ENVIRONMENT;

    static List<Long> seeds() {
        var only = System.getProperty("seed");
        if (only != null) {
            return List.of(Long.valueOf(only));
        }
        var count = Integer.getInteger("seeds", 60);
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void invariantsHold(long seed) {
        var life = new Life(new EnvironmentRun(seed));
        try {
            life.play();
        } catch (AssertionError | RuntimeException error) {
            throw new AssertionError(error.getMessage() + "\n" + String.join("\n", life.run.log()), error);
        }
    }

    /** One Environment from its creation to its deletion. */
    private static final class Life {
        private final EnvironmentRun run;
        private final Simulation simulation;
        private final EnvironmentInvariants invariants;
        private final RandomActions actions;
        /** Namespaces that are not the Environment's to delete. */
        private final Set<Ref> foreignNamespaces = new HashSet<>();

        Life(EnvironmentRun run) {
            this.run = run;
            simulation = run.simulation;
            actions = new RandomActions(run);
            invariants = new EnvironmentInvariants(run);
        }

        void play() {
            actions.create();
            actions.several();
            invariants.errorsAreReported();
            heal();
            invariants.restIsStable();
            invariants.observedResourcesStayDesired();
            if (run.random.nextInt(3) == 0) {
                recreate();
            }
            delete();
        }

        private void heal() {
            actions.clearFaults();
            var tenMinutesLater = simulation.now().plus(Duration.ofMinutes(10));
            assertTrue(
                    simulation.runUntil(run::readyAsDesired, Duration.ofMinutes(45)),
                    () -> "not ready after all faults were cleared: " + run.describeConditions());
            run.advance(Duration.ofMinutes(30));
            assertEquals(List.of(), run.removing(), "what is gone is still reported as being removed");
            assertTrue(run.ready(), () -> "ready only for a moment: " + run.describeConditions());
            assertEquals(
                    List.of(),
                    simulation.breakerOpenings(ENVIRONMENT).stream()
                            .filter(tenMinutesLater::isBefore)
                            .toList(),
                    "the circuit breaker opened at rest");
            invariants.appsAreInstalled();
        }

        /** Deletes the Environment and creates one of the same name, which gets a new cluster and nothing of the old one. */
        private void recreate() {
            run.deleting = true;
            var old = uids();
            noteForeignNamespace();
            simulation.delete(ENVIRONMENT);
            run.log("delete, and create it again");
            assertTrue(simulation.runUntil(() -> simulation.get(ENVIRONMENT).isEmpty(), Duration.ofMinutes(1)));
            run.advance(Duration.ofMillis(run.random.nextInt(20_000)));
            simulation.apply(run.desired.body());
            handOver();
            assertTrue(
                    simulation.runUntil(run::readyAsDesired, Duration.ofMinutes(15)),
                    () -> "not ready when created again: " + run.describeConditions());
            run.advance(Duration.ofMinutes(15));
            assertTrue(run.ready(), () -> "ready only for a moment when created again: " + run.describeConditions());
            old.retainAll(uids());
            assertEquals(Set.of(), old, "something of the old Environment is left");
            invariants.appsAreInstalled();
            run.deleting = false;
        }

        /** A namespace that Helm created outlives its Environment; the documented command gives it to the next one. */
        private void handOver() {
            var uid = simulation
                    .get(ENVIRONMENT)
                    .orElseThrow()
                    .text("metadata", "uid")
                    .orElseThrow();
            foreignNamespaces.stream()
                    .filter(namespace -> simulation.get(namespace).isPresent())
                    .forEach(namespace -> simulation.edit(
                            namespace,
                            object -> JsonEdit.set(
                                    object, uid, "metadata", "annotations", "environment.fn.crossplane.io/owner-uid")));
        }

        private Set<String> uids() {
            var uids = new TreeSet<String>();
            for (var kind : List.of("Release", "Object", "ProviderConfig", "Usage", "StatefulSet", "Secret")) {
                simulation
                        .host()
                        .list(kind)
                        .forEach(object -> uids.add(
                                kind + " " + object.text("metadata", "uid").orElse("")));
            }
            return uids;
        }

        private void noteForeignNamespace() {
            if (!run.composesNamespace()) {
                foreignNamespaces.add(Ref.namespace(run.clusterStatus("namespace")));
            }
        }

        private void delete() {
            run.deleting = true;
            var namespace = Ref.namespace(run.clusterStatus("namespace"));
            noteForeignNamespace();
            run.faults.clear();
            if (!run.random.nextBoolean()) {
                actions.injectFault();
            } else if (run.random.nextBoolean()) {
                if (run.random.nextBoolean()) {
                    actions.edit();
                } else {
                    actions.removeAnApp();
                }
                run.advance(Duration.ofMillis(run.random.nextInt(10_000)));
            } else {
                run.advance(Duration.ofSeconds(run.random.nextInt(30)));
            }
            run.log("delete the Environment");
            actions.deleteEnvironment();
            run.advance(Duration.ofSeconds(30));
            // A stopped function does not learn of a denied deletion, a stopped provider does not delete the namespace.
            if (!foreignNamespaces.contains(namespace)
                    && !run.faults.contains(new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_KUBERNETES))
                    && !run.faults.contains(new InjectedFault.Stopped(InjectedFault.Program.FUNCTION))) {
                assertEquals(Optional.empty(), simulation.get(namespace), "the host namespace is left");
            }
            actions.clearFaults();
            actions.deleteEnvironment();
            run.advance(Duration.ofMinutes(15));
            var left = simulation
                    .host()
                    .list(object -> !Ref.of(object).isKind("EnvironmentConfig")
                            && !Ref.of(object).equals(Ref.namespace("team-a"))
                            && !foreignNamespaces.contains(Ref.of(object)));
            assertEquals(List.of(), left.stream().map(Ref::of).toList(), "something is left");
        }
    }
}

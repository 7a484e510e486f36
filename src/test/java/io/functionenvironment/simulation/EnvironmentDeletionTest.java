package io.functionenvironment.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A deleted Environment leaves nothing, whatever is in progress. */
class EnvironmentDeletionTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final InjectedFault CLUSTER_DOWN = new InjectedFault.ClusterDown("dev");
    private static final InjectedFault HELM_STOPPED = new InjectedFault.Stopped(InjectedFault.Program.PROVIDER_HELM);
    private static final String RETRY_SOON = "retry the deletion in a few seconds";
    private static final String RETRY_LATER = "retry the deletion when status.removing is empty";

    private final DevEnvironment dev = new DevEnvironment();
    private final Simulation simulation = dev.simulation;

    /** At whatever moment it is deleted, everything is gone half a minute later. */
    private static void assertNothingIsLeft(IntStream moments, ObjIntConsumer<DevEnvironment> prepare) {
        moments.forEach(moment -> {
            var dev = new DevEnvironment();
            prepare.accept(dev, moment);
            dev.delete();
            dev.assertNothingIsLeftAfter(HALF_A_MINUTE);
        });
    }

    private static IntStream every(int step, int from, int to) {
        return IntStream.iterate(from, moment -> moment < to, moment -> moment + step);
    }

    @Test
    void deletionDuringAnUninstallLeavesNothing() {
        assertNothingIsLeft(every(200, 0, 6000), (dev, millis) -> {
            dev.createReady().removeApp();
            dev.simulation.advance(Duration.ofMillis(millis));
        });
    }

    @Test
    void deletionDuringAnUninstallLeavesNothingThoughTheClusterIsDown() {
        assertNothingIsLeft(every(200, 0, 6000), (dev, millis) -> {
            dev.createReady().removeApp();
            dev.simulation.advance(Duration.ofMillis(millis));
            dev.simulation.inject(CLUSTER_DOWN);
            dev.simulation.advance(Duration.ofMillis(millis / 4));
        });
    }

    @Test
    void deletionSecondsAfterTheCreationLeavesNothing() {
        assertNothingIsLeft(every(2, 3, 60), (dev, seconds) -> {
            dev.create();
            dev.simulation.advance(Duration.ofSeconds(seconds));
        });
    }

    @Test
    void deniedDeletionAsksForARetryAndIsNotReplayed() {
        dev.createReady().removeAppUntilItsReleaseIsDeleting();
        assertTrue(dev.tryDelete().orElse("").contains(RETRY_SOON));
        simulation.advance(Duration.ofMinutes(5));
        assertTrue(dev.ready());
        assertEquals(Optional.empty(), dev.tryDelete());
        dev.assertNothingIsLeftAfter(HALF_A_MINUTE);
    }

    @Test
    void deletionDoesNotWaitForAStoppedProvider() {
        dev.createReady().removeAppUntilItsReleaseIsDeleting();
        simulation.inject(HELM_STOPPED);
        dev.delete();
        simulation.advance(HALF_A_MINUTE);
        assertFalse(dev.exists());
        simulation.clear(HELM_STOPPED);
        dev.assertNothingIsLeftAfter(HALF_A_MINUTE);
    }

    @Test
    void failingUninstallDeniesOnlyUntilTheAppIsOrphaned() {
        dev.createReady();
        simulation.inject(new InjectedFault.UninstallFails("podinfo", "a hook failed"));
        dev.removeAppUntilItsReleaseIsDeleting();
        assertTrue(dev.tryDelete().isPresent());
        simulation.advance(Duration.ofMinutes(5));
        dev.addApp();
        assertTrue(simulation.runUntil(() -> dev.app().isPresent(), Duration.ofMinutes(5)));
        simulation.advance(Duration.ofMinutes(3));
        dev.removeAppUntilItsReleaseIsDeleting();
        simulation.advance(Duration.ofMinutes(1));
        assertTrue(dev.tryDelete().orElse("").contains(RETRY_LATER));
        assertTrue(dev.appIsDeleting(), "the uninstall may still succeed");
        simulation.advance(Duration.ofMinutes(3));
        assertEquals(Optional.empty(), dev.app());
        assertEquals(Optional.empty(), dev.tryDelete());
        dev.assertNothingIsLeftAfter(HALF_A_MINUTE);
    }
}

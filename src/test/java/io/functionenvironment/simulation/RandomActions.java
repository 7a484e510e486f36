package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What people and faults do to an Environment, at random. */
final class RandomActions {
    private static final String EXTERNAL_NAME = "crossplane.io/external-name";

    private final EnvironmentRun run;
    private final Random random;
    private Json.Obj settings;

    RandomActions(EnvironmentRun run) {
        this.run = run;
        this.random = run.random;
        this.settings = run.desired.settings();
        run.simulation.settings(Optional.of(settings));
    }

    void create() {
        run.simulation.apply(run.desired.body());
        run.log("apply " + "\n" + Yaml.text(run.desired.body().object("spec")) + Yaml.text(settings));
    }

    void several() {
        var steps = 2 + random.nextInt(6);
        for (var i = 0; i < steps; i++) {
            run.advance(Duration.ofSeconds(random.nextInt(90)));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> edit();
                case 3, 4 -> injectFault();
                case 5 -> removeAndAddAgain();
                case 6 -> editSettings();
                case 7, 8 -> stripMetadata();
                default -> deleteByHand();
            }
        }
    }

    void edit() {
        run.log(run.desired.edit());
        update();
    }

    void removeAnApp() {
        run.log(run.desired.remove());
        update();
    }

    private void removeAndAddAgain() {
        var restore = run.desired.remember();
        removeAnApp();
        run.advance(Duration.ofMillis(random.nextInt(8000)));
        restore.run();
        run.log("add it again");
        update();
    }

    private void update() {
        var body = run.desired.body();
        run.simulation.edit(
                EnvironmentRun.ENVIRONMENT,
                object -> JsonEdit.set(
                        JsonEdit.set(object, body.items("spec", "apps"), "spec", "apps"),
                        body.text("spec", "size").orElse(""),
                        "spec",
                        "size"));
    }

    private void editSettings() {
        settings = run.desired.other(settings);
        run.log("settings " + Yaml.text(settings));
        run.simulation.settings(Optional.of(settings));
    }

    /** Removes all labels, or all annotations, of a composed resource. */
    private void stripMetadata() {
        var part = random.nextBoolean() ? "labels" : "annotations";
        var some = run.composed();
        if (some.isEmpty()) {
            return;
        }
        var ref = Ref.of(some.get(random.nextInt(some.size())));
        run.log("strip " + part + " of " + ref);
        // Without the first the composition fails until someone restores it, without the second provider-helm installs
        // another release; no function can heal either.
        var kept = List.of(ComposedResource.NAME_ANNOTATION, EXTERNAL_NAME);
        run.simulation.edit(ref, object -> {
            var stripped = JsonEdit.remove(object, "metadata", part);
            for (var key : kept) {
                var value = object.text("metadata", "annotations", key);
                if (value.isPresent()) {
                    stripped = JsonEdit.set(stripped, value.get(), "metadata", "annotations", key);
                }
            }
            return stripped;
        });
    }

    void injectFault() {
        var names = new ArrayList<>(run.desired.names());
        names.add("dev");
        var name = names.get(random.nextInt(names.size()));
        var app = !name.equals("dev");
        var fault = switch (random.nextInt(app ? 5 : 3)) {
            case 0 ->
                new InjectedFault.Stopped(
                        List.of(InjectedFault.Program.values()).get(random.nextInt(3)));
            case 1 ->
                app
                        ? new InjectedFault.InstallFails(name, 1 + random.nextInt(2), "hook failed")
                        : new InjectedFault.ClusterDown("dev");
            case 2 -> new InjectedFault.RepositoryDown(RandomEnvironment.REPOSITORY);
            case 3 -> new InjectedFault.ChartMissing(name);
            default -> new InjectedFault.ValuesRejected(name, "at '/replicas': got string, want number");
        };
        run.log("inject " + fault);
        run.faults.add(fault);
        run.simulation.inject(fault);
    }

    void clearFaults() {
        run.faults.forEach(run.simulation::clear);
        run.log("clear all faults");
    }

    private void deleteByHand() {
        var some = new ArrayList<>(run.simulation
                .host()
                .list(object -> EnvironmentRun.compositionResourceName(object).isPresent()
                        || Ref.of(object).name().endsWith("-kubeconfig")));
        // A ProviderConfig that is in use can neither be deleted nor be restored: nothing would heal that.
        some.removeIf(object -> Ref.of(object).isKind("ProviderConfig"));
        if (!some.isEmpty()) {
            var object = some.get(random.nextInt(some.size()));
            run.log("delete " + Ref.of(object) + " by hand");
            run.deletedByHand.add(Ref.of(object));
            run.clusterDeletedByHand |= EnvironmentRun.compositionResourceName(object)
                    .filter(Set.of("namespace", "cluster")::contains)
                    .isPresent();
            run.simulation.delete(Ref.of(object));
        }
    }

    /** Deletes the Environment, and again while that is denied because an app is being uninstalled. */
    void deleteEnvironment() {
        for (var tries = 0;
                tries < 30 && run.simulation.get(EnvironmentRun.ENVIRONMENT).isPresent();
                tries++) {
            if (run.simulation.delete(EnvironmentRun.ENVIRONMENT).isEmpty()) {
                return;
            }
            run.advance(Duration.ofSeconds(1));
        }
    }
}

package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Workload;
import io.functionenvironment.crossplane.provider.ProviderError;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The workloads that have to be available for an app to be ready, as Objects that only observe them. */
record AppWorkloads(GuestObjects objects) {
    private static final String PREFIX = "workload-";

    /** A component's name is also a label, of at most 63 characters. */
    private static final int DIGITS = 12;

    static List<Workload> of(App app) {
        return app.installation().workloads().orElse(List.of());
    }

    /** The names of the components of an app. */
    static List<String> components(App app, AppPlacement placement) {
        return of(app).stream()
                .map(workload -> component(app, manifest(workload, app, placement)))
                .toList();
    }

    private static String component(App app, Json.Obj manifest) {
        return PREFIX + app.name() + "-" + Digest.of(manifest).substring(0, DIGITS);
    }

    private static Json.Obj manifest(Workload workload, App app, AppPlacement placement) {
        return obj(
                field("apiVersion", workload.kind().apiVersion()),
                field("kind", workload.kind().word()),
                field(
                        "metadata",
                        obj(
                                field("name", workload.name(placement.release(app))),
                                field("namespace", placement.namespace(workload, app)))));
    }

    /** The components of an app. They are no guests: a guest is what has to be uninstalled from its cluster. */
    List<Component> components(ResolvedApp resolved, AppPlacement placement) {
        var app = resolved.app();
        if (of(app).isEmpty()) {
            return List.of();
        }
        var dependencies = new ArrayList<>(objects.dependencies());
        dependencies.add(new Dependency(Apps.component(app.name()), StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        return of(app).stream()
                .map(workload -> {
                    var manifest = manifest(workload, app, placement);
                    var component = component(app, manifest);
                    var object = KubernetesObject.observed(
                            manifest, objects.config(component), WorkloadQueries.available(workload.kind()));
                    return Component.requested(
                                    component, object, new Owner.App(app.name()), Location.HOST, dependencies)
                            .with(grace(object));
                })
                .toList();
    }

    private static StartupGrace grace(KubernetesObject object) {
        return new StartupGrace(
                        Activity.STARTING,
                        Activity.STARTING,
                        List.of(ProviderError.EXTERNAL_MISSING),
                        Duration.ofMinutes(1))
                .explaining(words(object) + " does not exist");
    }

    /** What people call a workload. */
    static String words(KubernetesObject object) {
        return object.manifest().text("kind").orElse("") + " "
                + object.manifest().text("metadata", "name").orElse("") + " in the namespace "
                + object.manifest().text("metadata", "namespace").orElse("");
    }
}

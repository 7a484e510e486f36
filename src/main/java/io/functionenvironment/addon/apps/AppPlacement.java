package io.functionenvironment.addon.apps;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Workload;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import java.util.Optional;

/**
 * Where apps are in the cluster, and what they are called there.
 *
 * @param target empty if it is not known, so that nothing new is placed
 */
record AppPlacement(Optional<ClusterTarget> target, Observed observed) {

    /** The Helm release, from whose name most charts derive the names of their objects. */
    String release(App app) {
        return target.map(some -> some.release(app.name())).orElse(app.name());
    }

    /** The namespace that an app is in, or will be. */
    String namespace(App app) {
        return installed(app).orElseGet(() -> requested(app));
    }

    Optional<String> installed(App app) {
        return observed.get(Apps.component(app.name()))
                .filter(seen -> seen.gvk().equals(ProviderHelm.RELEASE))
                .flatMap(seen -> seen.body().text("spec", "forProvider", "namespace"));
    }

    /** The namespace that an app is to be in. */
    String requested(App app) {
        return placed(app.targetNamespace());
    }

    String namespace(Workload workload, App app) {
        return workload.namespace().map(this::placed).orElseGet(() -> namespace(app));
    }

    private String placed(String namespace) {
        return target.map(some -> some.namespace(namespace)).orElse(namespace);
    }
}

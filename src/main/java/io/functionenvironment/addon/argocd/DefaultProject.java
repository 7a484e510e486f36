package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The project of the Applications. The web interface of Argo CD creates it when it starts (Argo CD 3.4), and without that nothing
 * does.
 */
final class DefaultProject {
    static final String NAME = "default";
    static final String COMPONENT = ArgoCd.NAME + "-project";

    private static final StartupGrace GRACE =
            new StartupGrace(Activity.CREATING, Activity.CREATING, List.of(), Duration.ofMinutes(1));

    private DefaultProject() {}

    static ObjectKey key() {
        return ObjectKey.of(manifest());
    }

    static Component component(ClusterTarget target) {
        var access = target.kubernetes().orElseThrow();
        var dependencies = new ArrayList<>(target.dependencies(access));
        dependencies.add(new Dependency(ArgoCd.RELEASE, StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        return Component.requested(
                        COMPONENT,
                        KubernetesObject.of(manifest(), access.ref(), target.policies()),
                        ArgoCd.OWNER,
                        target.location(),
                        dependencies)
                .with(GRACE);
    }

    /** It allows everything, as the one that Argo CD creates does. */
    private static Json.Obj manifest() {
        return obj(
                field("apiVersion", ApplicationObject.GROUP + "/v1alpha1"),
                field("kind", "AppProject"),
                field("metadata", obj(field("name", NAME), field("namespace", ArgoCd.NAMESPACE))),
                field(
                        "spec",
                        obj(
                                field("sourceRepos", texts("*")),
                                field("destinations", arr(obj(field("namespace", "*"), field("server", "*")))),
                                field("clusterResourceWhitelist", arr(obj(field("group", "*"), field("kind", "*")))))));
    }
}

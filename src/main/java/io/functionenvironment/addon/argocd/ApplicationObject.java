package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.argocd.Application;
import io.functionenvironment.api.argocd.Source;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Application as an Object of provider-kubernetes in the Environment's cluster. The same Object creates it, shows its state, and
 * waits on removal until Argo CD has deleted what it synchronized.
 *
 * @param name of the Application
 * @param component of its Object
 */
record ApplicationObject(String name, String component, Application application) {
    static final String GROUP = "argoproj.io";
    private static final String KIND = "Application";
    private static final String PLATFORM_FIELD = "Settings spec.argocd.application";

    /** What a team requests. */
    static final String TEAM = "environment";
    /** What the platform adds to every Environment. */
    static final String PLATFORM = "platform";

    /** The component of {@link #TEAM}. */
    static final String TEAM_COMPONENT = ArgoCd.NAME + "-application";

    /** The component of {@link #PLATFORM}. */
    static final String PLATFORM_COMPONENT = ArgoCd.NAME + "-platform-application";

    /** Argo CD deletes what an Application synchronized before the Application goes. */
    private static final String FINALIZER = "resources-finalizer.argocd.argoproj.io";

    /** Ready once Argo CD has looked at it, whatever it found. */
    private static final String LOOKED_AT = "has(object.status) && has(object.status.sync)";

    private static final StartupGrace GRACE =
            new StartupGrace(Activity.CREATING, Activity.STARTING, List.of(), Duration.ofMinutes(1));

    static ApplicationObject team(Application application) {
        return new ApplicationObject(TEAM, TEAM_COMPONENT, application);
    }

    static ApplicationObject platform(Application application) {
        return new ApplicationObject(PLATFORM, PLATFORM_COMPONENT, application);
    }

    /**
     * The objects of Applications and their project, with the path of what requests them.
     *
     * @param enabled whether the team requests Argo CD, with errors or without
     */
    static Map<ObjectKey, String> objects(boolean enabled, List<ApplicationObject> applications) {
        var objects = new HashMap<ObjectKey, String>();
        if (enabled) {
            objects.put(key(TEAM), ArgoCdRequest.FIELD);
        }
        applications.forEach(application -> objects.putIfAbsent(key(application.name), PLATFORM_FIELD));
        if (!objects.isEmpty()) {
            objects.put(DefaultProject.key(), enabled ? ArgoCdRequest.FIELD : PLATFORM_FIELD);
        }
        return objects;
    }

    private static ObjectKey key(String name) {
        return new ObjectKey(GROUP, KIND, Optional.of(ArgoCd.NAMESPACE), name);
    }

    Component component(ClusterTarget target) {
        var access = target.kubernetes().orElseThrow();
        var dependencies = new ArrayList<>(target.dependencies(access));
        dependencies.add(new Dependency(ArgoCd.RELEASE, StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        dependencies.add(new Dependency(DefaultProject.COMPONENT, StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        var object =
                KubernetesObject.of(manifest(), access.ref(), target.policies()).readyWhen(Optional.of(LOOKED_AT));
        return Component.requested(component, object, ArgoCd.OWNER, target.location(), dependencies)
                .with(GRACE);
    }

    private Json.Obj manifest() {
        var sources = application.sources().stream().map(Source::json).toList();
        return obj(
                field("apiVersion", GROUP + "/v1alpha1"),
                field("kind", KIND),
                field(
                        "metadata",
                        obj(
                                field("name", name),
                                field("namespace", ArgoCd.NAMESPACE),
                                field(
                                        "finalizers",
                                        application.deletesWorkloads()
                                                ? Optional.of(texts(FINALIZER))
                                                : Optional.<Json>empty()))),
                field(
                        "spec",
                        obj(
                                field("project", DefaultProject.NAME),
                                field(
                                        "source",
                                        sources.size() == 1 ? Optional.of(sources.getFirst()) : Optional.empty()),
                                Json.items("sources", sources.size() == 1 ? List.of() : List.copyOf(sources)),
                                field(
                                        "destination",
                                        obj(
                                                field("server", "https://kubernetes.default.svc"),
                                                field("namespace", application.namespace()))),
                                field("syncPolicy", application.syncPolicy()))));
    }
}

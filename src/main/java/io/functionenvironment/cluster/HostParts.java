package io.functionenvironment.cluster;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.environment.Identity;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Need;
import io.functionenvironment.plan.Patience;
import io.functionenvironment.resource.ConfigRef;
import io.functionenvironment.resource.HostObject;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Policy;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.tree.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What of a virtual cluster stands in the host cluster beside its release. */
record HostParts(Identity identity, Settings settings) {
    static final String NAMESPACE = "namespace";

    /** The namespace it lives in, which takes everything along when it goes. */
    Component namespace(String name) {
        var labels = new TreeMap<String, Object>(settings.host().labels());
        labels.put("pod-security.kubernetes.io/enforce", settings.vcluster().podSecurity());
        labels.put(Meta.ENVIRONMENT, identity.hash());
        var manifest = obj("apiVersion", "v1", "kind", "Namespace", "metadata", obj("name", name, "labels", labels));
        return object(NAMESPACE, List.of(), manifest, Policy.DELETE, Optional.empty(), Optional.empty());
    }

    /** Whether the API is served now, not only whether it once was: its readiness probe asks the API itself. */
    Component health(String release, String namespace, List<Need> needs, Optional<String> nudge) {
        var manifest = obj(
                "apiVersion", "apps/v1",
                "kind", "StatefulSet",
                "metadata", obj("name", release, "namespace", namespace));
        var query = "has(object.status.readyReplicas) && object.status.readyReplicas > 0";
        return object(Cluster.HEALTH, needs, manifest, Policy.OBSERVE, Optional.of(query), nudge)
                .with(new Patience("is starting", Cluster.SILENT, List.of(), Duration.ofMinutes(1)));
    }

    /** The rights of those who may connect; none where nobody is named. */
    List<Component> access(String release, String namespace, List<Need> needs) {
        return settings.subjects().isEmpty()
                ? List.of()
                : Access.parts(release, namespace, settings.subjects()).stream()
                        .map(part -> object(
                                part.component(),
                                needs,
                                part.manifest(),
                                Policy.KEEP,
                                Optional.empty(),
                                Optional.empty()))
                        .toList();
    }

    private Component object(
            String component,
            List<Need> needs,
            Tree.Obj manifest,
            Policy policy,
            Optional<String> healthy,
            Optional<String> nudge) {
        var meta = new Meta(identity.hash(), component, Need.text(needs));
        var config = ConfigRef.shared(settings.host().providerConfig());
        return Component.wanted(new HostObject(meta, manifest, config, policy, healthy, nudge), needs);
    }
}

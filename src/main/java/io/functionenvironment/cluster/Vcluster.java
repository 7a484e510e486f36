package io.functionenvironment.cluster;

import static io.functionenvironment.tree.Tree.obj;

import io.functionenvironment.app.Chart;
import io.functionenvironment.environment.Environment;
import io.functionenvironment.environment.Identity;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Need;
import io.functionenvironment.plan.Need.Ends;
import io.functionenvironment.plan.Need.Signal;
import io.functionenvironment.resource.ConfigRef;
import io.functionenvironment.resource.HostObject;
import io.functionenvironment.resource.Kubeconfig;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Policy;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.settings.Size;
import io.functionenvironment.tree.Fault;
import io.functionenvironment.tree.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A virtual cluster in a namespace of its own in the host cluster. Everything in that namespace dies with it, so the
 * namespace is the one thing that deletes: no order, no working vcluster and no working provider-helm is needed for that.
 */
public final class Vcluster {
    private static final String NAMESPACE = "namespace";

    private final Identity identity;
    private final Settings settings;
    private final Observed observed;
    private final Names names;
    private final Optional<Release> existing;

    private Vcluster(Identity identity, Settings settings, Observed observed) {
        this.identity = identity;
        this.settings = settings;
        this.observed = observed;
        this.names = new Names(identity, settings.host().namespacePrefix());
        this.existing = observed.get(Cluster.CLUSTER)
                .flatMap(Resource::read)
                .flatMap(resource -> resource instanceof Release release ? Optional.of(release) : Optional.empty());
    }

    public static Cluster plan(
            Environment environment, Size.Vcluster size, Settings settings, Observed observed, Instant now) {
        return new Vcluster(environment.identity(), settings, observed).cluster(environment, size, now);
    }

    private Cluster cluster(Environment environment, Size.Vcluster size, Instant now) {
        var faults = new ArrayList<Fault>();
        var kubernetes = KubernetesVersion.tag(environment, settings, existing, faults);
        if (kubernetes.isEmpty()) {
            return new Cluster(List.of(), Optional.empty(), faults);
        }
        // Where it is cannot change: what runs there would be left behind.
        var release = existing.map(Release::releaseName).orElseGet(names::release);
        var namespace = existing.map(Release::namespace).orElseGet(names::namespace);
        var composed = existing.isEmpty()
                ? settings.host().composeNamespace()
                : existing.get().skipCreateNamespace();
        var values = Storage.keep(
                VclusterValues.of(size, settings.vcluster(), release, namespace, kubernetes.get()), existing, faults);

        var cluster = release(release, namespace, composed, values, now);
        var components = new ArrayList<Component>();
        if (composed) {
            components.add(Component.wanted(namespaceObject(namespace), List.of()));
        }
        components.add(cluster);
        var ready = List.of(new Need(Cluster.CLUSTER, Signal.KUBECONFIG, Ends.WITH));
        var copy = kubeconfig(release).to();
        components.add(
                Component.wanted(new ProviderConfig(meta(Cluster.ACCESS, ready), identity.namespace(), copy), ready));
        components.add(Component.wanted(health(release, namespace, ready), ready));
        if (!settings.subjects().isEmpty()) {
            var host = List.of(new Need(Cluster.CLUSTER, Signal.EXISTS, Ends.WITH));
            for (var part : Access.parts(release, namespace, settings.subjects())) {
                components.add(Component.wanted(
                        host(part.component(), host, part.manifest(), Policy.KEEP, Optional.empty()), host));
            }
        }
        return new Cluster(components, Optional.of(facts(cluster, kubernetes.get(), copy)), faults);
    }

    private Component release(String release, String namespace, boolean composed, Tree.Obj values, Instant now) {
        var observedRelease = observed.get(Cluster.CLUSTER);
        var has = observedRelease
                .filter(seen -> seen.connectionKeys().contains(Kubeconfig.KEY))
                .isPresent();
        var seen = has || observed.has(Cluster.ACCESS);
        // Undoing the first revision uninstalls it; that must not happen to a cluster that was once in use.
        var limit = seen ? Optional.<Integer>empty() : Optional.of(3);
        var offer = settings.vcluster();
        var version = existing.flatMap(old -> old.chart().version())
                .filter(old -> !settings.say("vcluster", "chart", "version"))
                .orElse(offer.version());
        var repository = existing.flatMap(old -> old.chart().repository())
                .filter(old -> !settings.say("vcluster", "chart", "repository"))
                .orElse(offer.repository());
        var chart = new Chart(
                Optional.of(repository),
                Optional.of("vcluster"),
                Optional.of(version),
                Optional.empty(),
                Optional.empty());
        var clusterWide = VclusterValues.clusterWide(values);
        var deletes = !composed || clusterWide;
        var needs = composed
                ? List.of(new Need(NAMESPACE, Signal.READY, clusterWide ? Ends.BEFORE : Ends.WITH))
                : List.<Need>of();
        return Component.wanted(
                new Release(
                        meta(Cluster.CLUSTER, needs),
                        release,
                        namespace,
                        composed,
                        chart,
                        values,
                        List.of(),
                        List.of(),
                        false,
                        ConfigRef.shared(settings.host().providerConfig()),
                        limit,
                        deletes ? Policy.DELETE : Policy.KEEP,
                        Optional.of(kubeconfig(release)),
                        Nudge.token(
                                observedRelease, !has, now, settings.timing().waiting())),
                needs);
    }

    private Kubeconfig kubeconfig(String release) {
        return existing.flatMap(Release::kubeconfig)
                .orElseGet(() -> new Kubeconfig(VclusterValues.secret(release), names.kubeconfigSecret()));
    }

    private HostObject namespaceObject(String namespace) {
        var labels = new java.util.TreeMap<String, Object>(settings.host().labels());
        labels.put("pod-security.kubernetes.io/enforce", settings.vcluster().podSecurity());
        labels.put(Meta.ENVIRONMENT, identity.hash());
        var manifest = obj(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata", obj("name", namespace, "labels", labels));
        return host(NAMESPACE, List.of(), manifest, Policy.DELETE, Optional.empty());
    }

    /** Whether the API is served now, not only whether it once was: its readiness probe asks the API itself. */
    private HostObject health(String release, String namespace, List<Need> needs) {
        var manifest = obj(
                "apiVersion", "apps/v1",
                "kind", "StatefulSet",
                "metadata", obj("name", release, "namespace", namespace));
        var query = "has(object.status.readyReplicas) && object.status.readyReplicas > 0";
        return host(Cluster.HEALTH, needs, manifest, Policy.OBSERVE, Optional.of(query));
    }

    private HostObject host(
            String component, List<Need> needs, Tree.Obj manifest, Policy policy, Optional<String> healthy) {
        return new HostObject(
                meta(component, needs),
                manifest,
                ConfigRef.shared(settings.host().providerConfig()),
                policy,
                healthy);
    }

    private Meta meta(String component, List<Need> needs) {
        return new Meta(identity.hash(), component, Need.text(needs));
    }

    private Cluster.Facts facts(Component cluster, String kubernetes, String secret) {
        var release = (Release) cluster.resource();
        return new Cluster.Facts(
                "vcluster",
                release.releaseName(),
                release.namespace(),
                Optional.of(KubernetesVersion.minor(kubernetes)),
                release.chart().version().orElse(""),
                "https://" + release.releaseName() + "." + release.namespace() + ".svc:443",
                secret,
                "vcluster connect " + release.releaseName() + " -n " + release.namespace() + "  # needs the Role "
                        + Access.ROLE + " in that namespace");
    }
}

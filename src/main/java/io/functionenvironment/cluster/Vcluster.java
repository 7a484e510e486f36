package io.functionenvironment.cluster;

import io.functionenvironment.app.Chart;
import io.functionenvironment.environment.Environment;
import io.functionenvironment.environment.Identity;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Need;
import io.functionenvironment.plan.Need.Ends;
import io.functionenvironment.plan.Need.Signal;
import io.functionenvironment.plan.Patience;
import io.functionenvironment.resource.ConfigRef;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A virtual cluster in a namespace of its own in the host cluster. Everything in that namespace dies with it, so the
 * namespace is the one thing that deletes: no order, no working vcluster and no working provider-helm is needed for that.
 */
public final class Vcluster {
    private static final String STARTS = "is starting";
    /** Images may have to be pulled; a virtual cluster that is not up after this is in trouble. */
    private static final Duration STARTING = Duration.ofMinutes(3);

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
        var host = new HostParts(identity, settings);
        var ready = List.of(new Need(Cluster.CLUSTER, Signal.KUBECONFIG, Ends.WITH));
        var copy = kubeconfig(release).to();
        var components = new ArrayList<Component>();
        if (composed) {
            components.add(host.namespace(namespace));
        }
        components.add(cluster);
        components.add(Component.wanted(
                new ProviderConfig(meta(Cluster.ACCESS, List.of()), identity.namespace(), copy), List.of()));
        components.add(host.health(release, namespace, ready, lookAgain(now)));
        components.addAll(
                host.access(release, namespace, List.of(new Need(Cluster.CLUSTER, Signal.EXISTS, Ends.WITH))));
        return new Cluster(components, Optional.of(facts(cluster, kubernetes.get(), copy)), faults);
    }

    private Component release(String release, String namespace, boolean composed, Tree.Obj values, Instant now) {
        var observedRelease = observed.get(Cluster.CLUSTER);
        var has = observedRelease
                .filter(seen -> seen.connectionKeys().contains(Kubeconfig.KEY))
                .isPresent();
        var seen = has || observed.has(Cluster.HEALTH);
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
                ? List.of(new Need(HostParts.NAMESPACE, Signal.READY, clusterWide ? Ends.BEFORE : Ends.WITH))
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
                                        observedRelease,
                                        !has,
                                        Nudge.NEWBORN,
                                        now,
                                        settings.timing().waiting())),
                        needs)
                .with(new Patience(
                        STARTS, STARTS, List.of("\"" + VclusterValues.secret(release) + "\" not found"), STARTING));
    }

    /** A cluster writes its kubeconfig some seconds before it serves. */
    private Optional<String> lookAgain(Instant now) {
        var health = observed.get(Cluster.HEALTH);
        var waiting = settings.timing().waiting();
        return Nudge.token(health, health.filter(seen -> !seen.is("Ready")).isPresent(), waiting, now, waiting);
    }

    private Kubeconfig kubeconfig(String release) {
        return existing.flatMap(Release::kubeconfig)
                .orElseGet(() -> new Kubeconfig(VclusterValues.secret(release), names.kubeconfigSecret()));
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

package io.functionenvironment.cluster;

import io.functionenvironment.environment.Environment;
import io.functionenvironment.environment.Identity;
import io.functionenvironment.observed.Observed;
import io.functionenvironment.plan.Component;
import io.functionenvironment.plan.Existing;
import io.functionenvironment.plan.Need;
import io.functionenvironment.plan.Need.Ends;
import io.functionenvironment.plan.Need.Signal;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.Release;
import io.functionenvironment.settings.Settings;
import io.functionenvironment.settings.Size;
import io.functionenvironment.tree.Fault;
import io.functionenvironment.tree.Quote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A virtual cluster in a namespace of its own in the host cluster. Everything in that namespace dies with it, so the
 * namespace is the one thing that deletes: no order, no working vcluster and no working provider-helm is needed for that.
 */
public final class Vcluster {
    /** What of a cluster goes with it, and starts once it is made. */
    private static final List<Need> BESIDE = List.of(new Need(Cluster.CLUSTER, Signal.EXISTS, Ends.WITH));

    private final Identity identity;
    private final Settings settings;
    private final Observed observed;
    private final Optional<Release> existing;
    private final Place place;

    private Vcluster(Identity identity, Settings settings, Observed observed) {
        this.identity = identity;
        this.settings = settings;
        this.observed = observed;
        this.existing = Release.existing(observed, identity.hash(), Cluster.CLUSTER);
        this.place = Place.of(identity, settings.host(), observed, existing);
    }

    public static Cluster plan(
            Environment environment, Size.Vcluster size, Settings settings, Observed observed, Instant now) {
        return new Vcluster(environment.identity(), settings, observed).cluster(environment, size, now);
    }

    /** The cluster as it is, where what is asked for cannot be carried out. */
    public static Cluster asItIs(Environment environment, Settings settings, Observed observed, List<Fault> faults) {
        return new Vcluster(environment.identity(), settings, observed).asItIs(faults);
    }

    private Cluster cluster(Environment environment, Size.Vcluster size, Instant now) {
        var faults = new ArrayList<Fault>();
        var former = observed.composite().body();
        var kubernetes = KubernetesVersion.tag(environment, settings, existing, former, faults);
        if (kubernetes.isEmpty()) {
            return asItIs(faults);
        }
        var made = VclusterValues.of(size, settings.vcluster(), place, kubernetes.get());
        var storage = new ArrayList<Fault>();
        var kept = Storage.keep(made, existing, storage);
        var standing = Basis.standing(environment, settings, existing)
                .filter(release -> KubernetesVersion.of(release).equals(kubernetes));
        var release = new VclusterRelease(identity, settings, observed, existing, place);
        var wanted = standing.map(Release::values).orElse(kept);
        var room = Room.of(existing.filter(old -> release.used()), wanted, observed.get(Cluster.ROOM));
        var held = existing.filter(old -> room.holds());
        if (room.tooSmall()) {
            faults.add(tooSmall(environment, room));
        } else if (saysStorage(environment)) {
            faults.addAll(storage);
        }
        var holding = Basis.holding(environment, settings, existing)
                .filter(old -> KubernetesVersion.of(old).equals(kubernetes));
        var values = held.map(old -> holding.map(Release::values).orElseGet(() -> Room.keep(wanted, old.values())))
                .orElse(wanted);
        var basis = held.isPresent()
                ? Basis.held(environment, settings, values)
                : standing.flatMap(Release::basis).orElseGet(() -> Basis.of(environment, settings, values));
        var cluster = release.component(values, Optional.of(basis), now);

        var host = new HostParts(identity, settings, place);
        var served = List.of(new Need(Cluster.CLUSTER, Signal.KUBECONFIG, Ends.WITH));
        var way = new ProviderConfig(
                new Meta(identity.hash(), Cluster.ACCESS, ""),
                identity.namespace(),
                place.kubeconfig().to());
        var components = new ArrayList<Component>();
        if (place.composed()) {
            components.add(host.namespace(observed.get(HostParts.NAMESPACE), now));
        }
        components.add(cluster.guarded(!place.composed()));
        components.add(Component.wanted(way, List.of()));
        components.add(host.health(served, observed.get(Cluster.HEALTH), now));
        if (room.shrinks()) {
            components.add(host.room(BESIDE));
        }
        components.addAll(host.access(BESIDE));
        return new Cluster(components, Optional.of(facts((Release) cluster.resource())), faults);
    }

    private static Fault tooSmall(Environment environment, Room room) {
        return new Fault(
                "spec.size",
                "is " + Quote.of(environment.size().orElse("")) + ", which has no room for what runs: it takes "
                        + String.join(", ", room.missing())
                        + "; remove apps or ask for a larger size, until then the cluster keeps its size");
    }

    /** What we ship may change with a release; that is no reason to find fault with what somebody asks for. */
    private boolean saysStorage(Environment environment) {
        var size = environment.size().orElse("");
        return settings.say("sizes", size, "vcluster", "storage")
                || settings.say("sizes", size, "vcluster", "storageClass")
                || settings.say("vcluster", "values", "controlPlane");
    }

    private Cluster asItIs(List<Fault> faults) {
        // Who may connect is the platform's to say, so whoever asks for what cannot be carried out keeps nobody's
        // rights.
        var access = existing.map(old -> new HostParts(identity, settings, place).access(BESIDE));
        var components = Cluster.parts(observed).stream()
                .filter(name -> access.isEmpty() || !Access.PARTS.contains(name))
                .flatMap(name -> Existing.held(observed, identity.hash(), name, Set.of()).stream());
        return new Cluster(
                Stream.concat(components, access.orElse(List.of()).stream()).toList(),
                existing.map(this::facts),
                faults);
    }

    private Cluster.Facts facts(Release release) {
        return new Cluster.Facts(
                "vcluster",
                place.release(),
                place.namespace(),
                KubernetesVersion.of(release).map(KubernetesVersion::minor),
                release.chart().version().orElse(""),
                place.address().value(),
                place.kubeconfig().to(),
                place.connect(!settings.subjects(identity.namespace()).isEmpty()));
    }
}

package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.environment.Environment;
import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.Settings;
import io.functionenvironment.api.settings.Size;
import io.functionenvironment.cluster.Cluster;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.json.FieldError;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Redaction;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.ProviderConfig;
import io.functionenvironment.resource.Release;
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
    private static final List<Dependency> BESIDE =
            List.of(new Dependency(Cluster.CLUSTER, StartWhen.EXISTS, DeletionMode.CASCADE));

    private final Identity identity;
    private final Settings settings;
    private final Observed observed;
    private final Optional<Release> existing;
    private final VclusterPlacement place;

    private Vcluster(Identity identity, Settings settings, Observed observed) {
        this.identity = identity;
        this.settings = settings;
        this.observed = observed;
        this.existing = Release.existing(observed, identity.hash(), Cluster.CLUSTER);
        this.place = VclusterPlacement.of(identity, settings.host(), observed, existing);
    }

    public static Cluster plan(
            Environment environment, Size.Vcluster size, Settings settings, Observed observed, Instant now) {
        return new Vcluster(environment.identity(), settings, observed).cluster(environment, size, now);
    }

    /** The cluster as it is, where what is asked for cannot be carried out. */
    public static Cluster asItIs(
            Environment environment, Settings settings, Observed observed, List<FieldError> errors) {
        return new Vcluster(environment.identity(), settings, observed).asItIs(errors);
    }

    private Cluster cluster(Environment environment, Size.Vcluster size, Instant now) {
        var errors = new FieldErrors();
        var former = observed.composite().body();
        var kubernetes = KubernetesVersion.tag(environment, settings, existing, former, errors);
        if (kubernetes.isEmpty()) {
            return asItIs(errors.list());
        }
        var made = VclusterValues.of(size, settings.vcluster(), place, kubernetes.get());
        var storage = new FieldErrors();
        var kept = ControlPlaneVolume.keep(made, existing, storage);
        var standing = ValuesFingerprint.standing(environment, settings, existing)
                .filter(release -> KubernetesVersion.of(release).equals(kubernetes));
        var release = new VclusterRelease(identity, settings, observed, existing, place);
        var wanted = standing.map(Release::values).orElse(kept);
        var room = QuotaHeadroom.of(existing.filter(old -> release.used()), wanted, observed.get(Cluster.ROOM));
        var held = existing.filter(old -> room.holds());
        if (room.tooSmall()) {
            errors.add(tooSmall(environment, room));
        } else if (saysStorage(environment)) {
            errors.addAll(storage);
        }
        var holding = ValuesFingerprint.holding(environment, settings, existing)
                .filter(old -> KubernetesVersion.of(old).equals(kubernetes));
        var values = held.map(
                        old -> holding.map(Release::values).orElseGet(() -> QuotaHeadroom.keep(wanted, old.values())))
                .orElse(wanted);
        var basis = held.isPresent()
                ? ValuesFingerprint.held(environment, settings, values)
                : standing.flatMap(Release::basis).orElseGet(() -> ValuesFingerprint.of(environment, settings, values));
        var cluster = release.component(values, Optional.of(basis), now);

        var host = new HostResources(identity, settings, place);
        var served = List.of(new Dependency(Cluster.CLUSTER, StartWhen.KUBECONFIG, DeletionMode.CASCADE));
        var way = new ProviderConfig(
                new Meta(identity.hash(), Cluster.ACCESS, ""),
                identity.namespace(),
                place.kubeconfig().to());
        var components = new ArrayList<Component>();
        if (place.composed()) {
            components.add(host.namespace(observed.get(HostResources.NAMESPACE), now));
        }
        components.add(cluster.guarded(!place.composed()));
        components.add(Component.wanted(way, List.of()));
        components.add(host.health(served, observed.get(Cluster.HEALTH), now));
        if (room.shrinks()) {
            components.add(host.room(BESIDE));
        }
        components.addAll(host.access(BESIDE));
        return new Cluster(components, Optional.of(facts((Release) cluster.resource())), errors.list());
    }

    private static FieldError tooSmall(Environment environment, QuotaHeadroom room) {
        return new FieldError(
                "spec.size",
                "is " + Redaction.of(environment.size().orElse("")) + ", which has no room for what runs: it takes "
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

    private Cluster asItIs(List<FieldError> errors) {
        // Who may connect is the platform's to say, so whoever asks for what cannot be carried out keeps nobody's
        // rights.
        var access = existing.map(old -> new HostResources(identity, settings, place).access(BESIDE));
        var components = Cluster.parts(observed).stream()
                .filter(name -> access.isEmpty() || !ConnectRbac.PARTS.contains(name))
                .flatMap(name -> ObservedComponents.held(observed, identity.hash(), name, Set.of()).stream());
        return new Cluster(
                Stream.concat(components, access.orElse(List.of()).stream()).toList(),
                existing.map(this::facts),
                errors);
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

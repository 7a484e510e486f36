package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.ResourceSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A control plane for trying a function: Crossplane 2.3, provider-helm 1.4, provider-kubernetes, the providers of clouds,
 * Kubernetes and vcluster, as far as an Environment uses them. Time passes only when asked to, and the same seed gives the same run.
 */
public final class Simulation {
    private static final String SETTINGS = "environment-settings";
    private static final String ENVIRONMENT_CONFIG = "apiextensions.crossplane.io/v1beta1";

    private final VirtualClock clock;
    private final Cluster host;
    private final InjectedFaults faults = new InjectedFaults();
    private final SimulationOptions options;
    private final Vclusters vclusters;
    private final Hosts hosts;
    private final CompositeController crossplane;
    private final Providers providers;

    public Simulation(Pipeline pipeline, SimulationOptions options) {
        clock = new VirtualClock(options.start(), options.seed());
        host = new Cluster(clock, options.podTermination());
        this.options = options;
        vclusters = new Vclusters(host, clock, faults, options.startup());
        hosts = new Hosts(vclusters);
        var settings = new ResourceSelector(
                ENVIRONMENT_CONFIG, "EnvironmentConfig", Optional.of(SETTINGS), Map.of(), Optional.empty());
        var runner = new FetchingFunctionRunner(host, clock, pipeline, Map.of("settings", settings), options.unknown());
        crossplane = new CompositeController(host, clock, faults, runner, options);
        new Usages(host, clock);
        providers = new Providers(host, clock, faults, hosts);
        CloudKinds.ALL.forEach(providers::install);
        if (options.watches()) {
            providers.enableWatches();
        }
    }

    /** Another host cluster, which the ClusterProviderConfigs of this name connect to. */
    public Cluster addHost(String providerConfig) {
        var cluster = new Cluster(clock, options.podTermination());
        hosts.add(providerConfig, new Vclusters(cluster, clock, faults, options.startup()));
        return cluster;
    }

    public void install(ManagedKind kind) {
        providers.install(kind);
    }

    /** Lets a chart define a kind, which a cluster does not serve before the chart is installed in it. */
    public void defineKind(String chart, String apiVersion, String kind) {
        providers.customKinds().add(chart, apiVersion, kind);
    }

    /** Creates an object in the host cluster, as {@code kubectl create} does; one that exists stays as it is. */
    public void create(Json.Obj object) {
        host.create(object);
    }

    /** Applies a composite, as {@code kubectl apply} does, and creates its namespace if there is none. */
    public Ref apply(Json.Obj composite) {
        var ref = Ref.of(composite);
        host.create(Manifests.namespace(ref.namespace()));
        host.apply("kubectl", composite);
        crossplane.watch(ref);
        return ref;
    }

    /** Takes over what was observed elsewhere. Returns the managed resources whose connection Secrets count as written. */
    public List<Ref> restore(Json.Obj composite, List<Json.Obj> resources) {
        var connected = new Restoration(host, providers).restore(composite, resources);
        crossplane.watch(Ref.of(composite)); // before the providers look: it sees what was observed
        providers.startAll();
        return connected;
    }

    /** What the function answers to the state as it is; nothing of it is carried out. */
    public Reconciliation ask(Ref composite) {
        return crossplane.ask(composite);
    }

    public void edit(Ref ref, UnaryOperator<Json.Obj> edit) {
        host.update(ref, edit);
    }

    /** Deletes any object of the host cluster, as {@code kubectl delete} does; returns the error if that is denied. */
    public Optional<String> delete(Ref ref) {
        return host.attemptDelete(ref);
    }

    /** Sets the data of the EnvironmentConfig {@code environment-settings}; empty deletes it. */
    public void settings(Optional<Json.Obj> data) {
        var ref = new Ref(ENVIRONMENT_CONFIG, "EnvironmentConfig", "", SETTINGS);
        data.ifPresentOrElse(
                some -> {
                    host.create(obj(
                            field("apiVersion", ENVIRONMENT_CONFIG),
                            field("kind", ref.kind()),
                            field("metadata", obj(field("name", SETTINGS)))));
                    host.update(ref, object -> JsonEdit.set(object, some, "data"));
                },
                () -> host.delete(ref));
    }

    public void inject(InjectedFault fault) {
        faults.inject(fault);
        if (fault instanceof InjectedFault.Stopped(var program)) {
            providers.stop(program);
        }
        hosts.all().forEach(Vclusters::restartPods);
    }

    public void clear(InjectedFault fault) {
        faults.clear(fault);
        if (fault instanceof InjectedFault.Stopped(var program)) {
            providers.start(program);
        }
        hosts.all().forEach(Vclusters::restartPods);
    }

    public Instant now() {
        return clock.now();
    }

    public void advance(Duration duration) {
        clock.runUntil(() -> false, clock.now().plus(duration));
    }

    /** Advances until a condition holds, at most so long; returns whether it holds. */
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        return clock.runUntil(condition, clock.now().plus(atMost));
    }

    /** Advances until the host cluster has not changed for so long; returns whether that was reached. */
    public boolean runUntilIdle(Duration idle, Duration atMost) {
        var limit = clock.now().plus(atMost);
        while (clock.now().isBefore(limit)) {
            var before = host.version();
            advance(idle);
            if (host.version() == before) {
                return true;
            }
        }
        return false;
    }

    public Optional<Json.Obj> get(Ref ref) {
        return host.get(ref);
    }

    /** The host cluster, where the composites and their composed resources are. */
    public Cluster host() {
        return host;
    }

    /** The contents of a virtual cluster, as long as its volume exists. */
    public Optional<Cluster> vcluster(String namespace, String name) {
        return vclusters.contents(namespace, name);
    }

    /** The contents of a cluster of a {@link ManagedKind}, by its external name. */
    public Optional<Cluster> managedCluster(String externalName) {
        return providers.managedCluster(externalName);
    }

    public void deleteExternal(String name) {
        providers.deleteExternal(name);
    }

    /** The external resources of a kind that exist, by name. */
    public List<String> externalNames(ManagedKind kind) {
        return providers.externalNames(kind);
    }

    public List<Reconciliation> history() {
        return crossplane.history();
    }

    /** The fewest tokens that the watch circuit breaker of a composite ever had. */
    public double lowestBreakerTokens(Ref composite) {
        return crossplane.breaker(composite).map(CircuitBreaker::lowest).orElseThrow();
    }

    /** When the watch circuit breaker of a composite opened. */
    public List<Instant> breakerOpenings(Ref composite) {
        return crossplane.breaker(composite).map(CircuitBreaker::openings).orElse(List.of());
    }
}

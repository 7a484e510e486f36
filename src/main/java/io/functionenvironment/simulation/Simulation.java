package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A control plane to try a function with: Crossplane 2.3, provider-helm 1.4, provider-kubernetes, Kubernetes and vcluster, as
 * far as a composite of Environments meets them. Time passes only when asked to, and the same seed gives the same story.
 */
public final class Simulation {
    private static final String SETTINGS = "environment-settings";
    private static final String CONFIG = "apiextensions.crossplane.io/v1beta1";

    /**
     * What can be chosen of it.
     *
     * @param start what the clock shows at first
     * @param input the step's own input in the Composition
     * @param startup how long a virtual cluster takes until it serves
     * @param clearing how long a namespace with pods in it takes until it is gone
     * @param watches whether provider-kubernetes was started with watches, and so is told of what Objects stand for
     */
    public record Options(
            Instant start, long seed, Optional<Json.Obj> input, Duration startup, Duration clearing, boolean watches) {
        public static final Options DEFAULT = new Options(
                Instant.parse("2026-01-01T00:00:00Z"),
                1,
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(12),
                false);

        public Options withSeed(long other) {
            return new Options(start, other, input, startup, clearing, watches);
        }

        public Options with(Instant begin, Optional<Json.Obj> other) {
            return new Options(begin, seed, other, startup, clearing, watches);
        }

        public Options withWatches(boolean other) {
            return new Options(start, seed, input, startup, clearing, other);
        }
    }

    private final Timeline timeline;
    private final Cluster host;
    private final InjectedFaults mishaps = new InjectedFaults();
    private final Vclusters vclusters;
    private final CompositeController core;
    private final ProviderConfigs configs;
    private final ManagedResourceController helm;
    private final ManagedResourceController kubernetes;

    public Simulation(Pipeline pipeline, Options options) {
        timeline = new Timeline(options.start(), options.seed());
        host = new Cluster(timeline, options.clearing());
        host.admit(Admission::complete);
        vclusters = new Vclusters(host, timeline, mishaps, options.startup());
        var settings =
                new Answer.Selector(CONFIG, "EnvironmentConfig", Optional.of(SETTINGS), Map.of(), Optional.empty());
        core = new CompositeController(
                host,
                timeline,
                mishaps,
                new Requirements(host, timeline, pipeline, Map.of("settings", settings)),
                options.input());
        new Usages(host, timeline);
        configs = new ProviderConfigs(host, timeline, vclusters);
        helm = new ManagedResourceController(
                host, timeline, new HelmProvider(configs, new Charts(host, vclusters), mishaps, timeline));
        kubernetes = new ManagedResourceController(host, timeline, new ObjectProvider(host, timeline));
        if (options.watches()) {
            host.watch(change -> ObjectProvider.watching(host, change.ref())
                    .forEach(object -> kubernetes.queue().add(object)));
        }
    }

    /** Creates or replaces a composite, in a namespace that is made where needed. */
    public Ref apply(Json.Obj composite) {
        var ref = Ref.of(composite);
        host.create(Bodies.namespace(ref.namespace()));
        host.apply("kubectl", composite);
        core.adopt(ref);
        return ref;
    }

    public void edit(Ref ref, UnaryOperator<Json.Obj> edit) {
        host.update(ref, edit);
    }

    /** Deletes whatever it is, as {@code kubectl} does; says why if that is refused. */
    public Optional<String> delete(Ref ref) {
        return host.attemptDelete(ref);
    }

    /** What the platform says in its EnvironmentConfig; empty to have none. */
    public void settings(Optional<Json.Obj> data) {
        var ref = new Ref(CONFIG, "EnvironmentConfig", "", SETTINGS);
        data.ifPresentOrElse(
                some -> {
                    host.create(obj(
                            field("apiVersion", CONFIG),
                            field("kind", ref.kind()),
                            field("metadata", obj(field("name", SETTINGS)))));
                    host.update(ref, object -> JsonEdit.set(object, some, "data"));
                },
                () -> host.delete(ref));
    }

    public void begin(InjectedFault mishap) {
        mishaps.begin(mishap);
        if (mishap instanceof InjectedFault.Stopped(var program)) {
            switch (program) {
                case PROVIDER_HELM -> {
                    helm.queue().stop();
                    configs.queue().stop();
                }
                case PROVIDER_KUBERNETES -> kubernetes.queue().stop();
                case FUNCTION -> {}
            }
        }
        vclusters.changed();
    }

    public void end(InjectedFault mishap) {
        mishaps.end(mishap);
        if (mishap instanceof InjectedFault.Stopped(var program)) {
            switch (program) {
                case PROVIDER_HELM -> {
                    helm.start();
                    configs.queue().start();
                }
                case PROVIDER_KUBERNETES -> kubernetes.start();
                case FUNCTION -> {}
            }
        }
        vclusters.changed();
    }

    public Instant now() {
        return timeline.now();
    }

    public void advance(Duration duration) {
        timeline.run(() -> false, timeline.now().plus(duration));
    }

    /** Lets time pass until a condition holds, at most so long; says whether it does. */
    public boolean runUntil(BooleanSupplier condition, Duration most) {
        return timeline.run(condition, timeline.now().plus(most));
    }

    /** Lets time pass until nothing changed anywhere in the host cluster for so long; says whether that was reached. */
    public boolean runQuiet(Duration quiet, Duration most) {
        var limit = timeline.now().plus(most);
        while (timeline.now().isBefore(limit)) {
            var before = host.version();
            advance(quiet);
            if (host.version() == before) {
                return true;
            }
        }
        return false;
    }

    public Optional<Json.Obj> get(Ref ref) {
        return host.get(ref);
    }

    /** The host cluster, which also holds the composites and everything composed. */
    public Cluster host() {
        return host;
    }

    /** What is in a virtual cluster, as long as its volume exists. */
    public Optional<Cluster> inside(String namespace, String name) {
        return vclusters.inside(namespace, name);
    }

    public List<Reconciliation> history() {
        return core.history();
    }

    /** When Crossplane stopped listening, because a composite would not come to rest. */
    public List<Instant> breakerOpenings(Ref composite) {
        return core.breaker(composite).map(CircuitBreaker::openings).orElse(List.of());
    }

    /** The fewest tokens that were ever left, of a hundred. */
    public double leastTokens(Ref composite) {
        return core.breaker(composite).map(CircuitBreaker::least).orElse(100.0);
    }
}

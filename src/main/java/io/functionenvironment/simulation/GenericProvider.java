package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The provider of a {@link ManagedKind}, with its external resources by external name. */
final class GenericProvider implements ExternalClient.Provider {
    private static final String EXTERNAL_NAME = "crossplane.io/external-name";

    /**
     * An external resource.
     *
     * @param parameters the {@code spec.forProvider} that it has
     * @param cluster the contents, if it is a Kubernetes cluster
     */
    private record External(
            String id, Json.Obj parameters, Instant readyAt, Optional<Instant> goneAt, Optional<Cluster> cluster) {}

    private final ManagedKind managedKind;
    private final VirtualClock clock;
    private final InjectedFaults faults;
    private final Map<String, External> externals = new LinkedHashMap<>();
    private Consumer<Ref> reconcile = ref -> {};

    GenericProvider(ManagedKind managedKind, VirtualClock clock, InjectedFaults faults) {
        this.managedKind = managedKind;
        this.clock = clock;
        this.faults = faults;
    }

    /** @param callback reconciles a managed resource when an operation on its external resource has finished */
    void onFinished(Consumer<Ref> callback) {
        reconcile = callback;
    }

    List<String> externalNames() {
        return externals.entrySet().stream()
                .filter(entry -> !isGone(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The cluster of a kubeconfig, if it is ready and not down. */
    Optional<Cluster> connect(String kubeconfig) {
        return externals.entrySet().stream()
                .filter(entry -> kubeconfig.startsWith(entry.getValue().id() + "@"))
                .filter(entry -> !clock.now().isBefore(entry.getValue().readyAt()))
                .filter(entry -> !faults.isActive(new InjectedFault.ClusterDown(entry.getKey())))
                .findFirst()
                .flatMap(entry -> entry.getValue().cluster());
    }

    /** The contents of the cluster with an external name. */
    Optional<Cluster> contents(String name) {
        return Optional.ofNullable(externals.get(name)).flatMap(External::cluster);
    }

    @Override
    public String apiVersion() {
        return managedKind.apiVersion();
    }

    @Override
    public String kind() {
        return managedKind.kind();
    }

    @Override
    public Json.Obj serialized(Json.Obj managed) {
        return JsonEdit.set(managed, name(managed), "metadata", "annotations", EXTERNAL_NAME);
    }

    @Override
    public Duration pollInterval(Json.Obj managed, Duration configured) {
        return configured;
    }

    @Override
    public ExternalClient connect(Json.Obj managed) {
        return new Client(managed, name(managed));
    }

    private boolean isGone(External external) {
        return external.goneAt().filter(gone -> !clock.now().isBefore(gone)).isPresent();
    }

    private static String name(Json managed) {
        return managed.text("metadata", "annotations", EXTERNAL_NAME)
                .orElse(Ref.of(managed).name());
    }

    private final class Client implements ExternalClient {
        private final Json.Obj managed;
        private final String name;
        private final Json.Obj parameters;

        Client(Json.Obj managed, String name) {
            this.managed = managed;
            this.name = name;
            this.parameters = managed.object("spec", "forProvider");
        }

        @Override
        public Observation observe() {
            if (!(externals.get(name) instanceof External external)) {
                return Observation.ABSENT;
            }
            if (isGone(external)) {
                externals.remove(name);
                return Observation.ABSENT;
            }
            var ready = external.goneAt().isEmpty() && !clock.now().isBefore(external.readyAt());
            var state = external.goneAt().isPresent() ? "DELETING" : ready ? "ACTIVE" : "CREATING";
            var connection = ready && external.cluster().isPresent()
                    ? Map.of("kubeconfig", external.id() + "@" + name + ".example.test:443")
                    : Map.<String, String>of();
            var condition = ready
                    ? new Condition("Ready", "True", "Available", "")
                    : new Condition("Ready", "False", external.goneAt().isPresent() ? "Deleting" : "Creating", "");
            return new Observation(
                    true,
                    external.parameters().equals(parameters),
                    connection,
                    object -> Conditions.with(
                            JsonEdit.set(
                                    object,
                                    obj(field("id", external.id()), field("state", state)),
                                    "status",
                                    "atProvider"),
                            condition,
                            Optional.empty(),
                            clock.now()));
        }

        @Override
        public Operation create() {
            return Operation.immediate(() -> {
                fail(faults.externalError(kind(), name));
                var contents = managedKind.cluster() ? Optional.of(Cluster.empty(clock)) : Optional.<Cluster>empty();
                var id = UUID.nameUUIDFromBytes((kind() + name + clock.now()).getBytes(StandardCharsets.UTF_8))
                        .toString();
                var readyAt = clock.now().plus(managedKind.creation());
                externals.put(name, new External(id, parameters, readyAt, Optional.empty(), contents));
                clock.schedule(managedKind.creation(), () -> reconcile.accept(Ref.of(managed)));
            });
        }

        @Override
        public Operation update() {
            return Operation.immediate(() -> {
                fail(faults.externalError(kind(), name));
                externals.computeIfPresent(
                        name,
                        (key, old) -> new External(old.id(), parameters, old.readyAt(), old.goneAt(), old.cluster()));
            });
        }

        @Override
        public void delete() {
            fail(faults.externalError(kind(), name));
            externals.computeIfPresent(name, (key, old) -> {
                if (old.goneAt().isPresent()) {
                    return old;
                }
                clock.schedule(managedKind.deletion(), () -> reconcile.accept(Ref.of(managed)));
                return new External(
                        old.id(),
                        old.parameters(),
                        old.readyAt(),
                        Optional.of(clock.now().plus(managedKind.deletion())),
                        old.cluster());
            });
        }

        private static void fail(Optional<String> error) {
            error.ifPresent(message -> {
                throw new ExternalError(message);
            });
        }
    }
}

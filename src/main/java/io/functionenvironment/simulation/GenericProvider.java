package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The provider of a {@link ManagedKind}, with its external resources by external name. */
final class GenericProvider implements ExternalClient.Provider {
    private static final String EXTERNAL_NAME = "crossplane.io/external-name";
    private final ManagedKind managedKind;
    private final VirtualClock clock;
    private final InjectedFaults faults;
    private final Map<String, ExternalResource> externals = new LinkedHashMap<>();
    private Consumer<Ref> reconcile = ref -> {};
    private final UnaryOperator<Optional<String>> kubeconfigs;

    /** @param kubeconfigs the kubeconfig of a cluster, by its external name */
    GenericProvider(
            ManagedKind managedKind,
            VirtualClock clock,
            InjectedFaults faults,
            UnaryOperator<Optional<String>> kubeconfigs) {
        this.managedKind = managedKind;
        this.clock = clock;
        this.faults = faults;
        this.kubeconfigs = kubeconfigs;
    }

    /** @param callback reconciles a managed resource when an operation on its external resource has finished */
    void onFinished(Consumer<Ref> callback) {
        reconcile = callback;
    }

    List<String> externalNames() {
        return externals.entrySet().stream()
                .filter(entry -> !entry.getValue().gone(clock.now()))
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

    Optional<String> kubeconfig(String name) {
        return Optional.ofNullable(externals.get(name)).flatMap(external -> external.kubeconfig(clock.now()));
    }

    void deleteExternal(String name) {
        externals.remove(name);
    }

    Optional<Cluster> contents(String name) {
        return Optional.ofNullable(externals.get(name)).flatMap(ExternalResource::cluster);
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

    private Optional<Cluster> newCluster() {
        return managedKind.cluster() ? Optional.of(Cluster.empty(clock)) : Optional.empty();
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
        public void restore(boolean connected) {
            var ready = Conditions.isTrue(managed, "Ready");
            if (!ready && managed.object("status", "atProvider").isEmpty()) {
                return;
            }
            var time = ready || connected ? Duration.ZERO : managedKind.creation();
            externals.put(
                    name, ExternalResource.restored(managed, name, clock.now().plus(time), newCluster()));
            clock.schedule(time, () -> reconcile.accept(Ref.of(managed)));
        }

        @Override
        public Observation observe() {
            if (!(externals.get(name) instanceof ExternalResource external)) {
                return Observation.ABSENT;
            }
            var now = clock.now();
            if (external.gone(now)) {
                externals.remove(name);
                return Observation.ABSENT;
            }
            var connection = external.kubeconfig(now)
                    .or(() -> kubeconfigs.apply(managedKind.credentialsOf().flatMap(parameters::text)))
                    .map(kubeconfig -> Map.of("kubeconfig", kubeconfig))
                    .orElse(Map.of());
            return new Observation(
                    true,
                    external.parameters().equals(external.desired(managed)),
                    connection,
                    object -> Conditions.with(
                            JsonEdit.set(object, external.atProvider(now), "status", "atProvider"),
                            external.condition(now),
                            Optional.empty(),
                            now));
        }

        @Override
        public Json.Obj lateInitialize(Json.Obj object) {
            return externals.get(name) instanceof ExternalResource external
                    ? JsonEdit.set(object, external.desired(object), "spec", "forProvider")
                    : object;
        }

        @Override
        public Operation create() {
            return Operation.immediate(() -> {
                fail(faults.externalError(kind(), name));
                var id = UUID.nameUUIDFromBytes((kind() + name + clock.now()).getBytes(StandardCharsets.UTF_8))
                        .toString();
                var time = faults.creation(managed.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION))
                        .orElse(managedKind.creation());
                var readyAt = clock.now().plus(time);
                externals.put(name, ExternalResource.created(id, name, parameters, readyAt, newCluster()));
                clock.schedule(time, () -> reconcile.accept(Ref.of(managed)));
            });
        }

        @Override
        public Operation update() {
            return Operation.immediate(() -> {
                fail(faults.externalError(kind(), name));
                externals.computeIfPresent(name, (key, old) -> old.with(old.desired(managed)));
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
                return old.goneAt(clock.now().plus(managedKind.deletion()));
            });
        }

        private static void fail(Optional<String> error) {
            error.ifPresent(message -> {
                throw new ExternalError(message);
            });
        }
    }
}

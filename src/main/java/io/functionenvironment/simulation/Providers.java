package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The installed providers, which can be stopped and started. */
final class Providers {
    private final Cluster host;
    private final VirtualClock clock;
    private final InjectedFaults faults;
    private final Hosts hosts;
    private final ObservedFailures failures = new ObservedFailures();
    private final CustomKinds customKinds = new CustomKinds();
    private final ProviderConfigs helmConfigs;
    private final ProviderConfigs kubernetesConfigs;
    private final ManagedResourceController helm;
    private final ManagedResourceController kubernetes;
    private final Map<ManagedKind, GenericProvider> generic = new LinkedHashMap<>();
    private final List<ExternalClient.Provider> kinds = new ArrayList<>();
    private final List<ManagedResourceController> controllers = new ArrayList<>();

    Providers(Cluster host, VirtualClock clock, InjectedFaults faults, Hosts hosts) {
        this.host = host;
        this.clock = clock;
        this.faults = faults;
        this.hosts = hosts;
        var ingresses = new IngressController(clock);
        var gateways = new GatewayController(clock);
        hosts.forEach(vclusters -> {
            ingresses.start(vclusters.host());
            gateways.start(vclusters.host());
            vclusters.onCreate(ingresses::start);
        });
        helmConfigs = new ProviderConfigs(host, hosts, clock, ProviderConfigs.Provider.HELM, faults, this::connect);
        kubernetesConfigs =
                new ProviderConfigs(host, hosts, clock, ProviderConfigs.Provider.KUBERNETES, faults, this::connect);
        var charts = new Charts(
                hosts, customKinds, new ArgoCdController(clock, customKinds), new KnativeOperator(clock, customKinds));
        helm = controller(new HelmProvider(helmConfigs, charts, faults, clock));
        kubernetes = controller(new ObjectProvider(host, clock, kubernetesConfigs, customKinds));
    }

    /** Runs provider-kubernetes with {@code --enable-watches}. */
    void enableWatches() {
        hosts.forEach(vclusters -> {
            watchManifests(vclusters.host());
            vclusters.onCreate(this::watchManifests);
        });
    }

    private void watchManifests(Cluster cluster) {
        cluster.watch(event -> ObjectProvider.watching(host, event.ref())
                .forEach(object -> kubernetes.queue().add(object)));
    }

    /** Brings external resources to where their managed resources say that they are. */
    List<Ref> restore(List<Json.Obj> resources) {
        resources.forEach(failures::note);
        return new ExternalRestoration(new ConnectionSecrets(host), kinds).restore(resources);
    }

    /** Starts all providers again. */
    void startAll() {
        controllers.forEach(ManagedResourceController::start);
    }

    private ManagedResourceController controller(ExternalClient.Provider provider) {
        var controller = new ManagedResourceController(host, clock, provider, failures);
        kinds.add(provider);
        controllers.add(controller);
        return controller;
    }

    void install(ManagedKind kind) {
        var provider = new GenericProvider(kind, clock, faults, name -> name.flatMap(this::kubeconfig));
        generic.put(kind, provider);
        var controller = controller(provider);
        provider.onFinished(controller.queue()::add);
        controller.start();
    }

    CustomKinds customKinds() {
        return customKinds;
    }

    void stop(InjectedFault.Program program) {
        switch (program) {
            case PROVIDER_HELM -> {
                helm.queue().stop();
                helmConfigs.queue().stop();
            }
            case PROVIDER_KUBERNETES -> {
                kubernetes.queue().stop();
                kubernetesConfigs.queue().stop();
            }
            case FUNCTION -> {}
        }
    }

    void start(InjectedFault.Program program) {
        switch (program) {
            case PROVIDER_HELM -> {
                helm.start();
                helmConfigs.queue().start();
            }
            case PROVIDER_KUBERNETES -> {
                kubernetes.start();
                kubernetesConfigs.queue().start();
            }
            case FUNCTION -> {}
        }
    }

    /** The cluster of a kubeconfig, if its API server responds. */
    private Optional<Cluster> connect(String kubeconfig) {
        return hosts.all()
                .flatMap(vclusters -> vclusters.connect(kubeconfig).stream())
                .findFirst()
                .or(() -> generic.values().stream()
                        .flatMap(provider -> provider.connect(kubeconfig).stream())
                        .findFirst());
    }

    private Optional<String> kubeconfig(String cluster) {
        return generic.values().stream()
                .flatMap(provider -> provider.kubeconfig(cluster).stream())
                .findFirst();
    }

    Optional<Cluster> managedCluster(String externalName) {
        return generic.values().stream()
                .flatMap(provider -> provider.contents(externalName).stream())
                .findFirst();
    }

    void deleteExternal(String name) {
        generic.values().forEach(provider -> provider.deleteExternal(name));
    }

    List<String> externalNames(ManagedKind kind) {
        return Optional.ofNullable(generic.get(kind))
                .map(GenericProvider::externalNames)
                .orElse(List.of());
    }
}

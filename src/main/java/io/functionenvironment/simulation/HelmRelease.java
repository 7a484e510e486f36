package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One Helm release, as provider-helm observes and changes it. */
final class HelmRelease implements ExternalClient {
    /** How long an install with {@code wait: true} waits for the pods. */
    private static final Duration POD_STARTUP = Duration.ofSeconds(8);

    private final Json.Obj managed;
    private final ProviderConfigs.Target target;
    private final Charts charts;
    private final InjectedFaults faults;
    private final VirtualClock clock;
    private final Charts.Chart chart;
    private final Json.Obj config;
    private final String namespace;
    private final String name;

    HelmRelease(
            Json.Obj managed, ProviderConfigs.Target target, Charts charts, InjectedFaults faults, VirtualClock clock) {
        this.managed = managed;
        this.target = target;
        this.charts = charts;
        this.faults = faults;
        this.clock = clock;
        var parameters = managed.object("spec", "forProvider");
        this.chart = Charts.Chart.of(managed.object("spec"));
        this.config = HelmRecord.config(chart, parameters);
        this.namespace = parameters.text("namespace").orElse("");
        this.name = managed.text("metadata", "annotations", "crossplane.io/external-name")
                .orElse(Ref.of(managed).name());
    }

    @Override
    public void restore(boolean connected) {
        if (managed.text("status", "atProvider", "state").isEmpty()) {
            return;
        }
        cluster().create(Manifests.namespace(namespace));
        HelmRecord.restored(chart, config, managed).store(cluster(), namespace, name);
        charts.restore(cluster(), chart, namespace, name, config.object("values"), connected);
    }

    @Override
    public Observation observe() {
        var record = HelmRecord.get(cluster(), namespace, name);
        if (record.isEmpty()) {
            return Observation.ABSENT;
        }
        var found = record.get();
        // provider-helm compares only the chart's name without Update.
        var inSync = found.config().equals(config)
                || (!ManagementPolicies.of(managed).update()
                        && found.chart().name().equals(chart.name()));
        UnaryOperator<Json.Obj> status = object ->
                JsonEdit.set(JsonEdit.set(object, found.status(), "status", "atProvider"), inSync, "status", "synced");
        if (!found.deployed() || !inSync) {
            var upToDate = inSync && !mayRollBack();
            return new Observation(true, upToDate, Map.of(), object -> ready(status.apply(object), false));
        }
        if (managed.at("metadata", "deletionTimestamp").isPresent()) {
            return new Observation(true, true, Map.of(), status);
        }
        var details = ConnectionDetails.of(managed, cluster(), namespace, status);
        return new Observation(
                true, true, details, object -> JsonEdit.remove(ready(status.apply(object), true), "status", "failed"));
    }

    @Override
    public Operation create() {
        failBeforeInstall();
        var namespaceRef = Ref.namespace(namespace);
        if (cluster().get(namespaceRef).isEmpty()) {
            if (managed.isTrue("spec", "forProvider", "skipCreateNamespace")) {
                throw new ExternalError("failed to install release: create: failed to create: "
                        + ApiError.notFound(namespaceRef).message());
            }
            cluster().create(Manifests.namespace(namespace));
        }
        if (cluster()
                .get(namespaceRef)
                .flatMap(object -> object.at("metadata", "deletionTimestamp"))
                .isPresent()) {
            throw new ExternalError(
                    "failed to install release: create: failed to create: secrets \"sh.helm.release.v1." + name
                            + ".v1\" is forbidden: unable to create new content in namespace " + namespace
                            + " because it is being terminated");
        }
        return install(1, Optional.empty());
    }

    @Override
    public Operation update() {
        var record =
                HelmRecord.get(cluster(), namespace, name).orElseThrow(() -> new ExternalError("release: not found"));
        var retry = !record.deployed() && record.config().equals(config);
        if (!retry) {
            failBeforeInstall();
            return install(record.revision() + 1, Optional.of(record.config()));
        }
        return new Operation(Duration.ZERO, () -> {
            if (record.previousConfig().isEmpty()) {
                delete();
            } else {
                rollBack(record, record.previousConfig().get());
            }
            return object -> JsonEdit.set(object, retries() + 1, "status", "failed");
        });
    }

    @Override
    public void delete() {
        faults.uninstallError(name).ifPresent(message -> {
            throw new ExternalError("failed to uninstall release: " + message);
        });
        HelmRecord.get(cluster(), namespace, name).ifPresent(record -> {
            charts.uninstall(cluster(), record.chart().name(), namespace, name);
            HelmRecord.delete(cluster(), namespace, name);
        });
    }

    private Operation install(int revision, Optional<Json.Obj> previousConfig) {
        var waits = managed.isTrue("spec", "forProvider", "wait");
        return new Operation(waits ? POD_STARTUP : Duration.ZERO, () -> {
            var failure = faults.installError(name);
            var description = failure.map(message -> "Release \"" + name + "\" failed: " + message)
                    .orElse(revision == 1 ? "Install complete" : "Upgrade complete");
            deploy(new HelmRecord(
                    chart, config, previousConfig, failure.isEmpty() ? "deployed" : "failed", revision, description));
            if (failure.isPresent()) {
                throw new ExternalError(
                        "failed to " + (revision == 1 ? "install" : "upgrade") + " release: " + failure.get());
            }
            return object -> revision == 1 ? object : ready(object, false);
        });
    }

    private void rollBack(HelmRecord record, Json.Obj previousConfig) {
        var previous = new Charts.Chart(
                record.chart().repository(),
                record.chart().name(),
                previousConfig.text("version").orElse(""));
        deploy(new HelmRecord(
                previous,
                previousConfig,
                Optional.empty(),
                "deployed",
                record.revision() + 1,
                "Rollback to " + (record.revision() - 1)));
    }

    private void deploy(HelmRecord record) {
        try {
            record.store(cluster(), namespace, name);
            charts.install(
                    cluster(), record.chart(), namespace, name, record.config().object("values"));
        } catch (ApiError denied) {
            throw new ExternalError("failed to install release: " + denied.message());
        }
    }

    private void failBeforeInstall() {
        faults.preInstallError(name, chart).ifPresent(message -> {
            throw new ExternalError(message);
        });
    }

    private boolean mayRollBack() {
        return managed.number("spec", "rollbackLimit")
                .filter(limit -> retries() < limit)
                .isPresent();
    }

    private int retries() {
        return managed.number("status", "failed").orElse(0.0).intValue();
    }

    private Json.Obj ready(Json.Obj object, boolean ready) {
        var condition = ready
                ? new Condition("Ready", "True", "Available", "")
                : new Condition("Ready", "False", "Unavailable", "");
        return Conditions.with(object, condition, Optional.empty(), clock.now());
    }

    private Cluster cluster() {
        return target.cluster()
                .orElseThrow(() -> new ExternalError(
                        "failed to get last helm release: kubernetes cluster unreachable: Get" + " \"https://"
                                + target.address() + "/version\": dial tcp: connect: connection refused"));
    }
}

package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One Helm release, as provider-helm sees and changes it. */
final class HelmRelease implements External {
    /** How long it takes until the pods of an app run, for those who wait for it. */
    private static final Duration PODS = Duration.ofSeconds(8);

    private final Json.Obj managed;
    private final ProviderConfigs.Target target;
    private final Charts charts;
    private final InjectedFaults mishaps;
    private final Timeline timeline;
    private final Charts.Chart chart;
    private final Json.Obj config;
    private final String namespace;
    private final String name;

    HelmRelease(
            Json.Obj managed, ProviderConfigs.Target target, Charts charts, InjectedFaults mishaps, Timeline timeline) {
        this.managed = managed;
        this.target = target;
        this.charts = charts;
        this.mishaps = mishaps;
        this.timeline = timeline;
        var made = managed.object("spec", "forProvider");
        this.chart = Charts.Chart.of(managed.object("spec"));
        this.config = obj(
                field("chart", chart.name()),
                field("version", chart.version()),
                field("values", made.object("values")),
                field("set", made.items("set")),
                field("valuesFrom", made.items("valuesFrom")));
        this.namespace = made.text("namespace").orElse("");
        this.name = managed.text("metadata", "annotations", "crossplane.io/external-name")
                .orElse(Ref.of(managed).name());
    }

    @Override
    public Seen observe() {
        var record = HelmRecord.get(cluster(), namespace, name);
        if (record.isEmpty()) {
            return Seen.NOTHING;
        }
        var found = record.get();
        var same = found.config().equals(config);
        UnaryOperator<Json.Obj> status = object ->
                JsonEdit.set(JsonEdit.set(object, found.status(), "status", "atProvider"), same, "status", "synced");
        if (!found.deployed() || !same) {
            var settled = same && !mayRetry();
            return new Seen(true, settled, Map.of(), object -> ready(status.apply(object), false));
        }
        if (managed.at("metadata", "deletionTimestamp").isPresent()) {
            return new Seen(true, true, Map.of(), status);
        }
        var details = ConnectionDetails.of(managed, cluster(), namespace, status);
        return new Seen(
                true, true, details, object -> JsonEdit.remove(ready(status.apply(object), true), "status", "failed"));
    }

    @Override
    public Step create() {
        refuse();
        var home = Ref.namespace(namespace);
        if (cluster().get(home).isEmpty()) {
            if (managed.isTrue("spec", "forProvider", "skipCreateNamespace")) {
                throw new Failure("failed to install release: create: failed to create: "
                        + ApiError.notFound(home).words());
            }
            cluster().create(Bodies.namespace(namespace));
        }
        if (cluster()
                .get(home)
                .flatMap(object -> object.at("metadata", "deletionTimestamp"))
                .isPresent()) {
            throw new Failure(
                    "failed to install release: create: failed to create: secrets \"sh.helm.release.v1." + name
                            + ".v1\" is forbidden: unable to create new content in namespace " + namespace
                            + " because it is being terminated");
        }
        return install(1, Optional.empty());
    }

    @Override
    public Step update() {
        var record = HelmRecord.get(cluster(), namespace, name).orElseThrow(() -> new Failure("release: not found"));
        var retry = !record.deployed() && record.config().equals(config);
        if (!retry) {
            refuse();
            return install(record.revision() + 1, Optional.of(record.config()));
        }
        return new Step(Duration.ZERO, () -> {
            if (record.before().isEmpty()) {
                delete();
            } else {
                rollBack(record, record.before().get());
            }
            return object -> JsonEdit.set(object, failures() + 1, "status", "failed");
        });
    }

    @Override
    public void delete() {
        mishaps.hold(name).ifPresent(why -> {
            throw new Failure("failed to uninstall release: " + why);
        });
        HelmRecord.get(cluster(), namespace, name).ifPresent(record -> {
            charts.uninstall(cluster(), record.chart().name(), namespace, name);
            HelmRecord.remove(cluster(), namespace, name);
        });
    }

    private Step install(int revision, Optional<Json.Obj> before) {
        var waits = managed.isTrue("spec", "forProvider", "wait");
        return new Step(waits ? PODS : Duration.ZERO, () -> {
            var failure = mishaps.failure(name);
            var description = failure.map(why -> "Release \"" + name + "\" failed: " + why)
                    .orElse(revision == 1 ? "Install complete" : "Upgrade complete");
            put(new HelmRecord(
                    chart, config, before, failure.isEmpty() ? "deployed" : "failed", revision, description));
            if (failure.isPresent()) {
                throw new Failure(
                        "failed to " + (revision == 1 ? "install" : "upgrade") + " release: " + failure.get());
            }
            return object -> revision == 1 ? object : ready(object, false);
        });
    }

    private void rollBack(HelmRecord record, Json.Obj before) {
        var old = new Charts.Chart(
                record.chart().repository(),
                record.chart().name(),
                before.text("version").orElse(""));
        put(new HelmRecord(
                old,
                before,
                Optional.empty(),
                "deployed",
                record.revision() + 1,
                "Rollback to " + (record.revision() - 1)));
    }

    private void put(HelmRecord record) {
        try {
            record.put(cluster(), namespace, name);
            charts.install(
                    cluster(), record.chart(), namespace, name, record.config().object("values"));
        } catch (ApiError refused) {
            throw new Failure("failed to install release: " + refused.words());
        }
    }

    private void refuse() {
        mishaps.refusal(name, chart).ifPresent(why -> {
            throw new Failure(why);
        });
    }

    private boolean mayRetry() {
        return managed.number("spec", "rollbackLimit")
                .filter(limit -> failures() < limit)
                .isPresent();
    }

    private int failures() {
        return managed.number("status", "failed").orElse(0.0).intValue();
    }

    private Json.Obj ready(Json.Obj object, boolean ready) {
        var said = ready
                ? new Answer.Condition("Ready", "True", "Available", "")
                : new Answer.Condition("Ready", "False", "Unavailable", "");
        return Conditions.with(object, said, Optional.empty(), timeline.now());
    }

    private Cluster cluster() {
        return target.cluster()
                .orElseThrow(() -> new Failure("failed to get last helm release: kubernetes cluster unreachable: Get"
                        + " \"https://" + target.address() + "/version\": dial tcp: connect: connection refused"));
    }
}

package io.functionenvironment.addon.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.cluster.Demands;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Values of the chart argo-cd 10.1.1 for a small cluster: no login by other services, no notifications, and what is not asked for
 * has no replicas.
 */
final class ArgoCdValues {
    /** The parts of the chart that have no replicas unless they are asked for. */
    static final String UI = "server";

    static final String APPLICATION_SETS = "applicationSet";

    /**
     * What Argo CD does not watch. Pods, because Argo CD 3.4 ends with a panic at a pod that requests nothing and whose status has
     * requests (kubernetes/kubernetes#136533, fixed in the libraries of 3.5). In a vcluster with a quota every pod without requests is
     * of this kind: the host gives it the defaults of the LimitRange. The others are those that the chart excludes.
     */
    static final String EXCLUSIONS = """
            - apiGroups: ['']
              kinds: [Pod, Endpoints]
            - apiGroups: [discovery.k8s.io]
              kinds: [EndpointSlice]
            - apiGroups: [coordination.k8s.io]
              kinds: [Lease]
            - apiGroups: [authentication.k8s.io, authorization.k8s.io]
              kinds: ['*']
            - apiGroups: [certificates.k8s.io]
              kinds: [CertificateSigningRequest]
            - apiGroups: [cert-manager.io]
              kinds: [CertificateRequest]
            """;

    private static final BigDecimal MI = BigDecimal.valueOf(1 << 20);
    /** A Job that creates the password of Redis, and one more pod while a Deployment is updated. */
    private static final int PASSING_PODS = 2;

    private static final int SERVICES = 4;

    private ArgoCdValues() {}

    /**
     * The values.
     *
     * @param spec what the team requests; empty if only the platform does
     * @param platform values of the platform, which win
     */
    static Json.Obj of(Optional<ArgoCdSpec> spec, Json.Obj platform) {
        var ui = spec.filter(ArgoCdSpec::ui).isPresent();
        var sets = spec.filter(ArgoCdSpec::applicationSets).isPresent();
        var ours = obj(
                field("configs", configs(spec)),
                field("dex", obj(field("enabled", false))),
                field("notifications", obj(field("enabled", false))),
                field("controller", obj(field("resources", resources("100m", "256Mi", "1", "1Gi")))),
                field("repoServer", obj(field("resources", resources("50m", "128Mi", "1", "512Mi")))),
                field("redis", obj(field("resources", resources("20m", "32Mi", "200m", "128Mi")))),
                field("redisSecretInit", obj(field("resources", resources("20m", "64Mi", "500m", "256Mi")))),
                field(UI, component(ui, resources("50m", "64Mi", "500m", "256Mi"))),
                field(APPLICATION_SETS, component(sets, resources("20m", "64Mi", "500m", "256Mi"))));
        return Merge.values(ours, platform);
    }

    private static Json.Obj configs(Optional<ArgoCdSpec> spec) {
        // A person who pushes a commit looks for it at once; by default Argo CD looks every two to three minutes.
        var polling = obj(
                field("timeout.reconciliation", "60s"),
                field("timeout.reconciliation.jitter", "0s"),
                field("resource.exclusions", EXCLUSIONS));
        // The same person looks for an error; by default Argo CD shows one of a repository after three minutes.
        // A value without a unit has no effect (Argo CD 3.4, cmd/argocd-application-controller).
        var reporting = obj(field("controller.repo.error.grace.period.seconds", "30s"));
        var hosts = spec.flatMap(ArgoCdSpec::sshKnownHosts);
        var certificates = spec.map(ArgoCdSpec::tlsCertificates).filter(some -> !some.isEmpty());
        return obj(
                field("cm", polling),
                field("params", reporting),
                field("ssh", hosts.map(some -> obj(field("extraHosts", some)))),
                field("tls", certificates.map(some -> obj(field("certificates", texts(some))))));
    }

    private static Json.Obj component(boolean on, Json.Obj resources) {
        return obj(field("replicas", on ? 1 : 0), field("resources", resources));
    }

    private static Json.Obj resources(String cpu, String memory, String mostCpu, String mostMemory) {
        return obj(
                field("requests", obj(text("cpu", Optional.of(cpu)), text("memory", Optional.of(memory)))),
                field("limits", obj(text("cpu", Optional.of(mostCpu)), text("memory", Optional.of(mostMemory)))));
    }

    /** Whether a part of the chart that is optional is there in a Release. */
    static boolean runs(Optional<ObservedResource> release, String part) {
        return release.flatMap(seen -> seen.body().number("spec", "forProvider", "values", part, "replicas"))
                .filter(replicas -> replicas > 0)
                .isPresent();
    }

    /** What a component requests, requested or not: all of Argo CD runs in the Release. */
    static Demands demands(String component, Optional<ObservedResource> seen) {
        return switch (component) {
            case ArgoCd.RELEASE ->
                demands(seen.isEmpty() || runs(seen, UI), seen.isEmpty() || runs(seen, APPLICATION_SETS));
            case DefaultProject.COMPONENT, ApplicationObject.TEAM_COMPONENT, ApplicationObject.PLATFORM_COMPONENT ->
                Demands.OBJECTS;
            default -> Demands.NONE;
        };
    }

    /** What runs with these values requests. */
    static Demands demands(boolean ui, boolean applicationSets) {
        var optional = (ui ? 1 : 0) + (applicationSets ? 1 : 0);
        return new Demands(
                3 + optional + PASSING_PODS,
                SERVICES,
                new BigDecimal("0.24").add(new BigDecimal("0.05").multiply(BigDecimal.valueOf(optional))),
                MI.multiply(BigDecimal.valueOf(256 + 2 * 128 + 32 + 64 + 64L * optional)),
                true);
    }
}

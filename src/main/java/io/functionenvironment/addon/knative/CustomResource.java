package io.functionenvironment.addon.knative;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.flag;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.environment.Identity;
import io.functionenvironment.api.settings.KnativeOffer;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The custom resources of the Knative operator, {@code operator.knative.dev/v1beta1}.
 *
 * @param base the domain below which Environments have names
 */
record CustomResource(
        KnativeSpec spec, String version, KnativeOffer offer, Identity environment, Optional<String> base) {
    /**
     * True once the operator has carried out the latest change. The condition alone is about the former one until the operator
     * has seen that.
     */
    static final String READY = "has(object.status) && has(object.status.observedGeneration)"
            + " && object.status.observedGeneration == object.metadata.generation && has(object.status.conditions)"
            + " && object.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";

    /** Without it, Serving waits for Istio. */
    private static final String KOURIER = "kourier.ingress.networking.knative.dev";

    private static final String QUEUE_IMAGE = "queue-sidecar-image";

    private static final String GROUP = "operator.knative.dev";

    /** The objects of a half. */
    static List<ObjectKey> keys(Half half) {
        return List.of(
                ObjectKey.namespace(half.component()),
                new ObjectKey(GROUP, half.kind(), Optional.of(half.component()), half.component()));
    }

    static Json.Obj namespace(Half half) {
        return obj(
                field("apiVersion", "v1"),
                field("kind", "Namespace"),
                field("metadata", obj(field("name", half.component()))));
    }

    Json.Obj of(Half half) {
        return obj(
                field("apiVersion", GROUP + "/v1beta1"),
                field("kind", half.kind()),
                field("metadata", obj(field("name", half.component()), field("namespace", half.component()))),
                field("spec", half == Half.SERVING ? serving() : eventing()));
    }

    private Json.Obj serving() {
        var kourier = obj(
                flag("enabled", true), field("service-type", spec.serviceType().orElse(offer.serviceType())));
        return obj(
                field("version", version),
                field("registry", registry(offer.servingRegistry())),
                field("ingress", obj(field("kourier", kourier))),
                field(
                        "config",
                        obj(
                                field("network", obj(field("ingress-class", KOURIER))),
                                field("deployment", queueProxy().map(image -> obj(field(QUEUE_IMAGE, image)))),
                                field("domain", domain().map(domain -> Json.texts(Map.of(domain, "")))))),
                replicas(),
                workloads(Half.SERVING));
    }

    private Json.Obj eventing() {
        return obj(
                field("version", version),
                field("registry", registry(offer.eventingRegistry())),
                replicas(),
                workloads(Half.EVENTING));
    }

    /** The image of the container beside each app, which the operator does not take from the registry. */
    private Optional<String> queueProxy() {
        var registry = offer.servingRegistry();
        return registry.text("override", "queue-proxy")
                .or(() -> registry.text("default").map(template -> template.replace("${NAME}", "queue")));
    }

    private static Optional<Json.Obj> registry(Json.Obj registry) {
        return Optional.of(registry).filter(some -> !some.isEmpty());
    }

    private static Json.Field replicas() {
        return field("high-availability", obj(field("replicas", 1)));
    }

    private static Json.Field workloads(Half half) {
        return field(
                "workloads", half.workloads().stream().map(Workload::override).toList());
    }

    /** Without one, Knative Services can be reached only inside the cluster. */
    private Optional<String> domain() {
        return spec.domain()
                .or(() -> base.map(domain -> environment.name() + "." + environment.namespace() + "." + domain));
    }

    /** The domain of a custom resource; empty if it has none. */
    static Optional<String> domain(Json.Obj manifest) {
        return manifest.object("spec", "config", "domain").fields().keySet().stream()
                .findFirst();
    }
}

package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.app.Exposure;
import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.api.settings.IngressOffer.Tls;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Activity;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Dependency.DeletionMode;
import io.functionenvironment.graph.Dependency.StartWhen;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.graph.StartupGrace;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Ingress of an app that is reachable from outside, as an Object inside the cluster, and the address that follows from it.
 *
 * @param domain of the Environment
 * @param apps the names of those that get an address: of two with the same one, the first
 */
record AppIngress(IngressOffer offer, String domain, Set<String> apps) {
    private static final String PREFIX = "ingress-";
    private static final String GROUP = "networking.k8s.io";
    private static final String KIND = "Ingress";

    /** An ingress controller may have a webhook, which is not ready at first. */
    private static final StartupGrace GRACE = new StartupGrace(
            Activity.CREATING, Activity.CREATING, ProviderKubernetes.NOT_POSSIBLE_YET, Duration.ofMinutes(1));

    /**
     * Which apps get an address; empty if the platform offers none.
     *
     * @param errors receives apps whose address cannot be offered, and which are carried out without it
     */
    static Optional<AppIngress> of(Inputs inputs, Collection<ResolvedApp> valid, FieldErrors errors) {
        var identity = inputs.environment().identity();
        var offer = inputs.settings().ingress();
        var apps = new HashMap<String, String>();
        for (var resolved : valid) {
            var app = resolved.app();
            app.installation().exposure().map(exposure -> host(app, exposure)).ifPresent(host -> {
                var other = offer.isPresent() ? apps.putIfAbsent(host, app.name()) : null;
                if (offer.isEmpty() && asks(inputs, app)) {
                    errors.add(
                            app.path() + ".expose",
                            "is set, but the platform offers no addresses outside the cluster; remove it (until then, the"
                                    + " app is installed without)");
                } else if (other != null) {
                    errors.add(
                            app.path() + ".expose",
                            "has the address of the app \"" + other + "\", " + host
                                    + "; set another host in expose (until then, the app has no address)");
                }
            });
        }
        return offer.flatMap(some -> inputs.settings()
                .domain(identity.namespace(), identity.name())
                .map(domain -> new AppIngress(some, domain, Set.copyOf(apps.values()))));
    }

    /** Whether the request itself asks for an address, and not only the catalog entry. */
    private static boolean asks(Inputs inputs, App app) {
        return inputs.environment().apps().stream()
                .anyMatch(some -> some.name().equals(app.name())
                        && some.installation().exposure().isPresent());
    }

    private static String host(App app, Exposure exposure) {
        return exposure.host().orElse(app.name());
    }

    /** The name of the component of an app. */
    static String component(String app) {
        return PREFIX + app;
    }

    /** Whether an app gets an address. */
    boolean serves(App app) {
        return apps.contains(app.name());
    }

    /** The component of an app that {@link #serves gets an address}. It goes before the app, so that nobody is sent to what is gone. */
    Component component(App app, AppPlacement placement, GuestObjects objects) {
        var component = component(app.name());
        var dependencies = new ArrayList<>(objects.dependencies());
        dependencies.add(new Dependency(Apps.component(app.name()), StartWhen.READY, DeletionMode.UNINSTALL_FIRST));
        var object = KubernetesObject.of(
                manifest(app, placement),
                objects.config(component),
                objects.target().policies());
        return Component.requested(
                        component,
                        object,
                        new Owner.App(app.name()),
                        objects.target().location(),
                        dependencies)
                .with(GRACE);
    }

    static ObjectKey key(App app, AppPlacement placement) {
        return new ObjectKey(GROUP, KIND, Optional.of(placement.namespace(app)), app.name());
    }

    private Json.Obj manifest(App app, AppPlacement placement) {
        var exposure = app.installation().exposure().orElseThrow();
        var host = host(app, exposure) + "." + domain;
        var backend = obj(field(
                "service",
                obj(
                        field("name", exposure.service(placement.release(app))),
                        field("port", obj(field("number", exposure.port()))))));
        var path = obj(field("path", "/"), field("pathType", "Prefix"), field("backend", backend));
        var rule = obj(field("host", host), field("http", obj(field("paths", arr(path)))));
        var annotations = new ArrayList<Json.Field>();
        offer.annotations().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> annotations.add(field(entry.getKey(), entry.getValue())));
        return obj(
                field("apiVersion", GROUP + "/v1"),
                field("kind", KIND),
                field(
                        "metadata",
                        obj(
                                field("name", app.name()),
                                field("namespace", placement.namespace(app)),
                                field(
                                        "annotations",
                                        Optional.of(obj(annotations.toArray(Json.Field[]::new)))
                                                .filter(some -> !some.isEmpty())))),
                field(
                        "spec",
                        obj(
                                text("ingressClassName", offer.className()),
                                field("tls", tls(app, host)),
                                field("rules", arr(rule)))));
    }

    private Optional<Json> tls(App app, String host) {
        return switch (offer.tls()) {
            case NONE -> Optional.empty();
            case CONTROLLER -> Optional.of(arr(obj(field("hosts", texts(host)))));
            case SECRET -> Optional.of(arr(obj(field("hosts", texts(host)), field("secretName", app.name() + "-tls"))));
        };
    }

    /** The address of an app, once the controller has given its Ingress one, and the app is ready. */
    static Optional<String> url(String app, boolean ready, Observed observed) {
        return observed.get(component(app))
                .filter(ignored -> ready)
                .filter(seen -> seen.gvk().equals(ProviderKubernetes.OBJECT))
                .map(ProviderKubernetes::manifest)
                .filter(ingress ->
                        !ingress.items("status", "loadBalancer", "ingress").isEmpty())
                .flatMap(ingress -> ingress.items("spec", "rules").stream()
                        .flatMap(rule -> rule.text("host").stream())
                        .findFirst()
                        .map(host -> (ingress.items("spec", "tls").isEmpty() ? Tls.NONE : Tls.CONTROLLER).scheme()
                                + "://" + host));
    }
}

package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.settings.IngressOffer;
import io.functionenvironment.api.settings.IngressOffer.Tls;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ObjectKey;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** The Ingress of an app that is reachable from outside, as an Object inside the cluster, and the address that follows from it. */
record AppIngress(IngressOffer offer) implements AddressObject {
    private static final String PREFIX = "ingress-";
    private static final String GROUP = "networking.k8s.io";
    private static final String KIND = "Ingress";

    /** The name of the component of an app. */
    static String component(String app) {
        return PREFIX + app;
    }

    static boolean isComponent(String name) {
        return name.startsWith(PREFIX);
    }

    @Override
    public Component component(AppAddress address, AppPlacement placement, GuestObjects objects) {
        var component = component(address.app().name());
        var object = KubernetesObject.of(
                manifest(address, placement),
                objects.config(component),
                objects.target().policies());
        return address.component(component, object, objects.target().location(), objects.dependencies());
    }

    @Override
    public Optional<ObjectKey> key(App app, AppPlacement placement) {
        return Optional.of(new ObjectKey(GROUP, KIND, Optional.of(placement.namespace(app)), app.name()));
    }

    private Json.Obj manifest(AppAddress address, AppPlacement placement) {
        var app = address.app();
        var host = address.host();
        var backend = obj(field(
                "service",
                obj(
                        field("name", address.service(placement)),
                        field("port", obj(field("number", address.exposure().port()))))));
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

    @Override
    public Optional<String> url(String app, Observed observed) {
        return AppAddress.object(component(app), observed)
                .filter(AppIngress::isServed)
                .flatMap(ingress -> ingress.items("spec", "rules").stream()
                        .flatMap(rule -> rule.text("host").stream())
                        .findFirst()
                        .map(host -> (ingress.items("spec", "tls").isEmpty() ? Tls.NONE : Tls.CONTROLLER).scheme()
                                + "://" + host));
    }

    @Override
    public Optional<String> notServed(String app, Observed observed) {
        return AppAddress.object(component(app), observed)
                .filter(ingress -> !isServed(ingress))
                .map(ignored -> "no ingress controller"
                        + offer.className().map(name -> " of the class " + name).orElse("")
                        + " has given its Ingress one yet");
    }

    private static boolean isServed(Json.Obj ingress) {
        return !ingress.items("status", "loadBalancer", "ingress").isEmpty();
    }
}

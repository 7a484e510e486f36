package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;
import static io.functionenvironment.json.Json.texts;

import io.functionenvironment.api.app.App;
import io.functionenvironment.api.settings.GatewayOffer;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.ClusterTarget.HostedServices;
import io.functionenvironment.cluster.ClusterTarget.ServiceNames;
import io.functionenvironment.crossplane.observed.Condition;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Location;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The route by which an app is reachable through a Gateway, as an Object, and the address that follows from it (Gateway API,
 * {@code gateway.networking.k8s.io/v1}). It is where the pods of the app run: a Gateway sends requests to Services of its own cluster.
 */
record AppRoute(GatewayOffer offer) implements AddressObject {
    private static final String PREFIX = "route-";
    private static final String GROUP = "gateway.networking.k8s.io";
    private static final String KIND = "HTTPRoute";

    /** The conditions that the Gateway's controller gives a route that it serves. */
    private static final List<String> SERVED = List.of("Accepted", "ResolvedRefs");

    private static String component(String app) {
        return PREFIX + app;
    }

    @Override
    public Component component(AppAddress address, AppPlacement placement, GuestObjects objects) {
        var hosted = objects.target().hosted();
        var app = address.app().name();
        var dependsOn = hosted.map(some -> some.access().dependsOn()).orElseGet(objects::dependencies);
        var object = KubernetesObject.of(
                manifest(address, placement, hosted.map(HostedServices::names)),
                hosted.map(some -> some.access().ref()).orElseGet(() -> objects.config(component(app))),
                hosted.map(HostedServices::policies)
                        .orElseGet(() -> objects.target().policies()));
        var location = hosted.isPresent() ? Location.HOST : objects.target().location();
        return address.component(component(app), object, location, dependsOn);
    }

    @Override
    public Optional<ObjectKey> key(App app, AppPlacement placement) {
        return placement
                .target()
                .map(ClusterTarget::hosted)
                .filter(Optional::isEmpty)
                .map(ignored -> new ObjectKey(GROUP, KIND, Optional.of(placement.namespace(app)), app.name()));
    }

    private Json.Obj manifest(AppAddress address, AppPlacement placement, Optional<ServiceNames> names) {
        var app = address.app();
        var namespace = placement.namespace(app);
        var service = address.service(placement);
        var parent = obj(
                field("namespace", offer.namespace()),
                field("name", offer.name()),
                text("sectionName", offer.sectionName()));
        var backend = obj(
                field("name", names.map(some -> some.name(namespace, service)).orElse(service)),
                field("port", address.exposure().port()));
        return obj(
                field("apiVersion", GROUP + "/v1"),
                field("kind", KIND),
                field(
                        "metadata",
                        obj(
                                field("name", app.name()),
                                field(
                                        "namespace",
                                        names.map(ServiceNames::namespace).orElse(namespace)))),
                field(
                        "spec",
                        obj(
                                field("parentRefs", arr(parent)),
                                field("hostnames", texts(address.host())),
                                field("rules", arr(obj(field("backendRefs", arr(backend))))))));
    }

    @Override
    public Optional<String> url(String app, Observed observed) {
        return AppAddress.object(component(app), observed)
                .filter(route -> answers(route).anyMatch(AppRoute::serves))
                .flatMap(route -> route.items("spec", "hostnames").stream()
                        .flatMap(host -> host instanceof Json.Text(var name) ? Stream.of(name) : Stream.empty())
                        .findFirst())
                .map(host -> offer.scheme() + "://" + host);
    }

    /** In the words of the Gateway's controller. One that has not answered may not know of such a Gateway. */
    @Override
    public Optional<String> notServed(String app, Observed observed) {
        return AppAddress.object(component(app), observed)
                .filter(route -> answers(route).noneMatch(AppRoute::serves))
                .map(route -> "the Gateway " + offer.namespace() + "/" + offer.name()
                        + answers(route)
                                .flatMap(List::stream)
                                .filter(condition -> SERVED.contains(condition.type())
                                        && condition.status().equals("False"))
                                .findFirst()
                                .map(condition ->
                                        " reports " + condition.type() + "=False (" + condition.reason() + ")")
                                .orElse(" has not answered yet"));
    }

    /** What controllers say of the route as it is now to the Gateway: the conditions of each. */
    private Stream<List<Condition>> answers(Json.Obj route) {
        var generation = route.number("metadata", "generation").orElse(0.0);
        return route.items("status", "parents").stream()
                .filter(parent -> isGateway(parent.object("parentRef")))
                .map(parent -> parent.items("conditions").stream()
                        .map(Condition::new)
                        .filter(condition -> condition.generation().orElse(generation) >= generation)
                        .toList());
    }

    /** A controller repeats the reference as it is in the route. */
    private boolean isGateway(Json.Obj parent) {
        return parent.text("namespace").equals(Optional.of(offer.namespace()))
                && parent.text("name").equals(Optional.of(offer.name()))
                && parent.text("sectionName").equals(offer.sectionName());
    }

    private static boolean serves(List<Condition> conditions) {
        return SERVED.stream()
                .allMatch(type -> conditions.stream()
                        .anyMatch(condition -> condition.type().equals(type) && condition.isTrue()));
    }
}

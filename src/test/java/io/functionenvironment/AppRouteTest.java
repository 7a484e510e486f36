package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Apps that are reachable from outside the cluster through a Gateway. {@code AppAddressTest} has what holds for all addresses. */
class AppRouteTest {
    private static final String ROUTE = "route-shop";
    private static final String HOST = "shop.dev.team-a.apps.example.org";
    private static final String HOST_NAMESPACE = "env-team-a-dev-jpaxfzo35gcbqyrz";
    private static final Json.Obj GATEWAY = obj("namespace", "gateways", "name", "public");
    private static final Json.Obj OFFER = offer(obj());
    private static final Json.Obj WEB = obj("expose", obj("service", "<app>-web", "port", 80));

    private static Json.Obj offer(Json.Obj more) {
        return settings(obj("domain", "apps.example.org", "gateway", Merge.over(GATEWAY, more)));
    }

    private static Json.Obj shop(Json.Obj more) {
        return environment(obj("apps", arr(Merge.over(obj("name", "shop", "catalog", "podinfo"), more))));
    }

    private static ObservedStateFake exposed(Json.Obj settings) {
        return new ObservedStateFake(shop(WEB), settings).steps(12);
    }

    private static Json.Obj object(ObservedStateFake state) {
        return body(state.call(), ROUTE);
    }

    private static Json.Obj manifest(ObservedStateFake state) {
        return object(state).object("spec", "forProvider", "manifest");
    }

    private static Json.Obj values(ObservedStateFake state) {
        return body(state.call(), "cluster").object("spec", "forProvider", "values");
    }

    private static String config(ObservedStateFake state) {
        var config = object(state).object("spec", "providerConfigRef");
        return config.text("kind").orElse("") + " " + config.text("name").orElse("");
    }

    @Test
    void aRouteInTheHostNamespaceFollowsTheAppAndLeadsToTheServiceThatTheVclusterSyncs() {
        var state = new ObservedStateFake(shop(WEB), OFFER);
        var response = state.step();
        while (!names(response).contains("app-shop")) {
            response = state.step();
        }
        assertEquals("app-shop provider-config-kubernetes", names(response));
        state.steps(4);
        assertEquals(
                obj(
                        "apiVersion",
                        "gateway.networking.k8s.io/v1",
                        "kind",
                        "HTTPRoute",
                        "metadata",
                        obj("name", "shop", "namespace", HOST_NAMESPACE),
                        "spec",
                        obj(
                                "parentRefs",
                                arr(GATEWAY),
                                "hostnames",
                                arr(HOST),
                                "rules",
                                arr(obj("backendRefs", arr(obj("name", "shop-web-x-shop-x-dev", "port", 80)))))),
                manifest(state));
        assertEquals("ClusterProviderConfig default", config(state));
        assertEquals(
                arr("Observe", "Create", "Update", "LateInitialize").items(),
                object(state).items("spec", "managementPolicies"));
    }

    @Test
    void theListenerThatThePlatformNamesServesIt() {
        assertEquals(
                arr(Merge.over(GATEWAY, obj("sectionName", "https"))).items(),
                manifest(exposed(offer(obj("sectionName", "https")))).items("spec", "parentRefs"));
    }

    @Test
    void theAddressIsInStatusOnceTheGatewayServesTheRoute() {
        var accepted = answer(met("Accepted"));
        var served = answer(met("Accepted"), met("ResolvedRefs"));
        var missing = answer(met("Accepted"), condition("ResolvedRefs", "False", "BackendNotFound", 1));
        assertEquals(
                List.of("", "", "", "http://" + HOST),
                Stream.of(List.<Json.Obj>of(), List.of(accepted), List.of(missing), List.of(served))
                        .map(parents -> url(OFFER, parents))
                        .toList());
        assertEquals(
                List.of("https://" + HOST, "http://" + HOST),
                Stream.of("Listener", "None")
                        .map(tls -> url(offer(obj("tls", tls)), List.of(served)))
                        .toList());
    }

    @Test
    void anAnswerCountsThatIsOfTheGatewayAndOfTheRouteAsItIs() {
        var before = answer(
                condition("Accepted", "True", "Accepted", 0), condition("ResolvedRefs", "True", "ResolvedRefs", 0));
        var served = answer(met("Accepted"), met("ResolvedRefs"));
        var other = Merge.over(served, obj("parentRef", obj("name", "internal")));
        var listener = Merge.over(served, obj("parentRef", obj("sectionName", "https")));
        assertEquals(
                List.of("", "", "", "http://" + HOST),
                Stream.of(List.of(before), List.of(other), List.of(listener), List.of(before, other, served))
                        .map(parents -> url(OFFER, parents))
                        .toList());
        assertEquals("http://" + HOST, url(offer(obj("sectionName", "https")), List.of(listener)));
    }

    @Test
    void theMessageOfTheAppSaysWhyTheGatewayDoesNotServeItsRoute() {
        var refused = answer(condition("Accepted", "False", "NotAllowedByListeners", 1), met("ResolvedRefs"));
        var served = answer(met("Accepted"), met("ResolvedRefs"));
        assertEquals(
                List.of(
                        "is ready; has no address: the Gateway gateways/public reports Accepted=False"
                                + " (NotAllowedByListeners)",
                        "is ready",
                        "is ready; has no address: the Gateway gateways/public has not answered yet"),
                Stream.of(List.of(refused), List.of(refused, served), List.<Json.Obj>of())
                        .map(parents ->
                                app(answered(OFFER, parents)).text("message").orElse(""))
                        .toList());
    }

    private static String url(Json.Obj settings, List<Json.Obj> parents) {
        var status = answered(settings, parents);
        assertEquals(status.text("url"), app(status).text("url"));
        return status.text("url").orElse("");
    }

    private static Json app(Json.Obj status) {
        return status.items("apps").getFirst();
    }

    /** The status of the Environment when the route, in its first generation, has these answers. */
    private static Json.Obj answered(Json.Obj settings, List<Json.Obj> parents) {
        var state = exposed(settings);
        var seen =
                Merge.over(manifest(state), obj("metadata", obj("generation", 1), "status", obj("parents", parents)));
        var conditions = arr(
                ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                ObservedStateFake.condition("Ready", "True", "Available"));
        return status(state.status(ROUTE, obj("atProvider", obj("manifest", seen), "conditions", conditions))
                .call());
    }

    private static Json.Obj answer(Json.Obj... conditions) {
        return obj(
                "parentRef", Merge.over(GATEWAY, obj("group", "gateway.networking.k8s.io", "kind", "Gateway")),
                "controllerName", "example.org/controller",
                "conditions", List.of(conditions));
    }

    private static Json.Obj met(String type) {
        return condition(type, "True", type, 1);
    }

    private static Json.Obj condition(String type, String status, String reason, int generation) {
        return obj("type", type, "status", status, "reason", reason, "observedGeneration", generation);
    }

    @Test
    void theVclusterSyncsNoRoutesAndAdmitsThePodsOfTheGateway() {
        var values = values(exposed(offer(obj("controllerNamespace", "envoy"))));
        assertEquals(
                List.of(Optional.empty(), Optional.empty()),
                List.of(values.at("sync", "toHost", "ingresses"), values.at("sync", "toHost", "gatewayApi")));
        assertEquals(
                arr(obj(
                                "from",
                                arr(obj(
                                        "namespaceSelector",
                                        obj("matchLabels", obj("kubernetes.io/metadata.name", "envoy"))))))
                        .items(),
                values.items("policies", "networkPolicy", "workload", "ingress"));
    }

    @Test
    void anotherGatewayChangesTheRouteAndNothingOfTheVcluster() {
        var state = exposed(offer(obj("controllerNamespace", "envoy")));
        var before = body(state.call(), "cluster");
        state.settings(offer(obj("controllerNamespace", "envoy", "name", "internal", "tls", "Listener")));
        assertEquals(before, body(state.call(), "cluster"));
        assertEquals(
                arr(Merge.over(GATEWAY, obj("name", "internal"))).items(),
                manifest(state).items("spec", "parentRefs"));
    }

    @Test
    void anIngressGivesWayToARoute() {
        var ingress = settings(obj("domain", "apps.example.org", "ingress", obj("className", "nginx")));
        var state = new ObservedStateFake(shop(WEB), ingress).steps(12);
        assertEquals("app-shop ingress-shop provider-config-kubernetes", names(state.call()));
        assertEquals(
                "app-shop provider-config-kubernetes route-shop",
                names(state.settings(OFFER).steps(8).call()));
    }

    @Test
    void aRouteGoesBeforeItsApp() {
        var state = exposed(OFFER).change(environment(obj("apps", arr())));
        var order = new ArrayList<String>();
        for (var step = 0; step < 12; step++) {
            var before = state.names();
            state.step();
            Stream.of("app-shop", ROUTE)
                    .filter(name -> before.contains(name) && !state.names().contains(name))
                    .forEach(order::add);
        }
        assertEquals(List.of(ROUTE, "app-shop"), order);
    }

    @Test
    void aRouteGoesWhenTheAppIsNoLongerExposed() {
        assertEquals(
                "app-shop", names(exposed(OFFER).change(shop(obj())).steps(8).call()));
    }

    @Test
    void aRouteStaysWhileTheAppIsInvalid() {
        var state = exposed(OFFER);
        var before = manifest(state);
        state.change(shop(Merge.over(WEB, obj("dependsOn", arr("nonsuch"))))).steps(3);
        assertEquals(before, manifest(state));
    }

    @Test
    void whereHelmCreatesTheHostNamespaceARouteIsDeletedByItself() {
        var state = exposed(Merge.over(OFFER, obj("data", obj("host", obj("composeNamespace", false)))));
        assertEquals(
                List.of("[*]", "true"),
                List.of(
                        texts(object(state).items("spec", "managementPolicies")),
                        String.valueOf(names(state.call()).contains("usage-route-shop-app-shop"))));
    }

    private static String texts(List<Json> items) {
        return items.stream()
                .map(item -> item instanceof Json.Text(var text) ? text : "")
                .toList()
                .toString();
    }

    @Test
    void inAnotherHostClusterTheRouteIsThere() {
        var size = obj(
                "cpu", "2",
                "memory", "4Gi",
                "pods", 20,
                "volumes", "20Gi",
                "storage", "5Gi",
                "controlPlane", obj("cpu", "1", "memory", "1Gi"),
                "host", obj("providerConfig", "host-west", "address", "https://<hostNamespace>.west.example.org"));
        var state = sized("west", obj("vcluster", size));
        assertEquals("ClusterProviderConfig host-west", config(state));
        assertEquals(Optional.of(HOST_NAMESPACE), manifest(state).text("metadata", "namespace"));
    }

    @Test
    void inAnExistingClusterTheRouteIsInTheNamespaceOfTheEnvironmentAndLeadsToTheServiceItself() {
        var share = obj("providerConfig", "shared", "cpu", "1", "memory", "1Gi", "pods", 5, "volumes", "1Gi");
        var state = sized("shared", obj("existing", share));
        var release = body(state.call(), "app-shop")
                .text("metadata", "annotations", "crossplane.io/external-name")
                .orElseThrow();
        assertEquals(
                List.of(HOST_NAMESPACE, release + "-web", "ClusterProviderConfig shared"),
                List.of(
                        manifest(state).text("metadata", "namespace").orElse(""),
                        backend(manifest(state)),
                        config(state)));
        assertEquals(Fixtures.peersBesideTheNamespace("envoy"), Fixtures.peers(state.call()));
    }

    private static ObservedStateFake sized(String size, Json.Obj definition) {
        var offer = offer(obj("controllerNamespace", "envoy"));
        return new ObservedStateFake(
                        Merge.over(shop(WEB), obj("spec", obj("size", size))),
                        Merge.over(offer, obj("data", obj("sizes", obj(size, definition)))))
                .steps(12);
    }

    private static String backend(Json.Obj manifest) {
        return manifest.items("spec", "rules")
                .getFirst()
                .items("backendRefs")
                .getFirst()
                .text("name")
                .orElse("");
    }

    @Test
    void inAClusterAtACloudProviderTheRouteIsBesideTheApp() throws IOException {
        for (var example : CloudExamples.ALL) {
            var state = cloud(example.cloud(), obj());
            assertEquals(
                    List.of("shop", "shop-web"),
                    List.of(manifest(state).text("metadata", "namespace").orElse(""), backend(manifest(state))),
                    example.cloud());
        }
    }

    private static ObservedStateFake cloud(String cloud, Json.Obj spec) throws IOException {
        var settings = Requests.documents(Path.of("examples", cloud, "settings.yaml"))
                .getFirst()
                .object();
        var environment = Merge.over(shop(WEB), obj("spec", Merge.over(spec, obj("size", "cloud"))));
        return new ObservedStateFake(environment, Merge.over(settings, obj("data", OFFER.object("data")))).steps(24);
    }

    @Test
    void aManifestForTheRouteIsRefusedWhereTheRouteIsInTheCluster() throws IOException {
        var route = obj(
                "apiVersion",
                "gateway.networking.k8s.io/v1",
                "kind",
                "HTTPRoute",
                "metadata",
                obj("name", "shop", "namespace", "shop"));
        var manifests = obj("manifests", arr(obj("name", "route", "manifest", route)));
        var vcluster = new ObservedStateFake(Merge.over(shop(WEB), obj("spec", manifests)), OFFER).steps(12);
        assertEquals(
                List.of(List.of(), List.of("spec.manifests[0].manifest")),
                List.of(
                        Fixtures.invalid(vcluster.call()),
                        Fixtures.invalid(cloud("gke", manifests).call())));
    }
}

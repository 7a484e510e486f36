package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Apps that are reachable from outside the cluster. */
class AppAddressTest {
    private static final Json.Obj OFFER = offer(obj());
    private static final Json.Obj WEB = obj("expose", obj("service", "<app>-web", "port", 80));
    private static final String INGRESS = "ingress-shop";

    private static Json.Obj offer(Json.Obj more) {
        return settings(obj(
                "domain", "apps.example.org", "ingress", Merge.over(obj("controllerNamespace", "controller"), more)));
    }

    private static Json.Obj app(String name, Json.Obj more) {
        return Merge.over(obj("name", name, "catalog", "podinfo"), more);
    }

    private static ObservedStateFake state(Json.Obj settings, Json.Obj... apps) {
        return new ObservedStateFake(environment(obj("apps", List.of(apps))), settings).steps(12);
    }

    private static Json.Obj manifest(ObservedStateFake state) {
        return body(state.call(), INGRESS).object("spec", "forProvider", "manifest");
    }

    @Test
    void anIngressFollowsTheApp() {
        var state = new ObservedStateFake(environment(obj("apps", arr(app("shop", WEB)))), OFFER);
        var response = state.step();
        while (!names(response).contains("app-shop")) {
            response = state.step();
        }
        assertEquals("app-shop provider-config-kubernetes", names(response));
        state.steps(4);
        assertEquals(
                obj(
                        "apiVersion",
                        "networking.k8s.io/v1",
                        "kind",
                        "Ingress",
                        "metadata",
                        obj("name", "shop", "namespace", "shop"),
                        "spec",
                        obj(
                                "rules",
                                arr(obj(
                                        "host",
                                        "shop.dev.team-a.apps.example.org",
                                        "http",
                                        obj(
                                                "paths",
                                                arr(obj(
                                                        "path",
                                                        "/",
                                                        "pathType",
                                                        "Prefix",
                                                        "backend",
                                                        obj(
                                                                "service",
                                                                obj(
                                                                        "name",
                                                                        "shop-web",
                                                                        "port",
                                                                        obj("number", 80)))))))))),
                manifest(state));
    }

    @Test
    void theAddressIsInStatusOnceTheControllerHasGivenOne() {
        var manifest = manifest(state(OFFER, app("shop", WEB)));
        var secure = manifest(state(offer(obj("tls", "Controller")), app("shop", WEB)));
        var served = obj("status", obj("loadBalancer", obj("ingress", arr(obj("ip", "192.0.2.1")))));
        assertEquals(
                List.of(
                        " |  | is ready; has no address: no ingress controller has given its Ingress one yet",
                        "http://shop.dev.team-a.apps.example.org | http://shop.dev.team-a.apps.example.org | is ready",
                        secureUrls() + " | is ready"),
                Stream.of(manifest, Merge.over(manifest, served), Merge.over(secure, served))
                        .map(seen -> state(OFFER, app("shop", WEB)).status(INGRESS, seen(seen)))
                        .map(state -> status(state.call()))
                        .map(status -> status.text("url").orElse("") + " | "
                                + status.items("apps").getFirst().text("url").orElse("") + " | "
                                + status.items("apps")
                                        .getFirst()
                                        .text("message")
                                        .orElse(""))
                        .toList());
    }

    private static String secureUrls() {
        return "https://shop.dev.team-a.apps.example.org | https://shop.dev.team-a.apps.example.org";
    }

    private static Json.Obj seen(Json.Obj manifest) {
        return obj(
                "atProvider",
                obj("manifest", manifest),
                "conditions",
                arr(
                        ObservedStateFake.condition("Synced", "True", "ReconcileSuccess"),
                        ObservedStateFake.condition("Ready", "True", "Available")));
    }

    @Test
    void certificatesAreWhereThePlatformHasThem() {
        var hosts = arr("shop.dev.team-a.apps.example.org");
        assertEquals(
                List.of(
                        List.of(),
                        arr(obj("hosts", hosts)).items(),
                        arr(obj("hosts", hosts, "secretName", "shop-tls")).items()),
                Stream.of("None", "Controller", "Secret")
                        .map(tls -> manifest(state(offer(obj("tls", tls)), app("shop", WEB)))
                                .items("spec", "tls"))
                        .toList());
    }

    @Test
    void whatThePlatformSaysOfIngressesIsInEach() {
        var more = obj("className", "nginx", "annotations", obj("example.org/issuer", "internal"));
        var manifest = manifest(state(offer(more), app("shop", WEB)));
        assertEquals("nginx", manifest.text("spec", "ingressClassName").orElse(""));
        assertEquals(obj("example.org/issuer", "internal"), manifest.object("metadata", "annotations"));
    }

    @Test
    void theVclusterSyncsIngressesAndAdmitsTheController() {
        var values = values(state(OFFER, app("shop", WEB)));
        assertEquals(
                obj("ingresses", obj("enabled", true)), obj("ingresses", values.object("sync", "toHost", "ingresses")));
        assertEquals(
                arr(obj(
                                "from",
                                arr(obj(
                                        "namespaceSelector",
                                        obj("matchLabels", obj("kubernetes.io/metadata.name", "controller"))))))
                        .items(),
                values.items("policies", "networkPolicy", "workload", "ingress"));
    }

    /** Otherwise, those in the host would stay, and be served on. The control plane restarts once. */
    @Test
    void theVclusterKeepsItsValuesUntilIngressesThatAreNoLongerOfferedAreGone() {
        var state = state(OFFER, app("shop", WEB));
        var before = values(state);
        state.settings(Json.Obj.EMPTY);
        var during = new ArrayList<Json.Obj>();
        while (state.names().contains(INGRESS)) {
            during.add(values(state));
            state.step();
        }
        assertEquals(List.of(before), during.stream().distinct().toList());
        var after = values(state.steps(8));
        assertEquals(
                List.of(true, false),
                Stream.of(before, after)
                        .map(values -> values.at("sync", "toHost", "ingresses").isPresent())
                        .toList());
        assertEquals(List.of(), after.items("policies", "networkPolicy", "workload", "ingress"));
    }

    private static Json.Obj values(ObservedStateFake state) {
        return body(state.call(), "cluster").object("spec", "forProvider", "values");
    }

    @Test
    void withoutAnOfferTheTeamIsToldAndTheAppIsInstalled() {
        var response = state(Json.Obj.EMPTY, app("shop", WEB)).call();
        assertEquals("app-shop", names(response));
        assertEquals(
                "FALSE Invalid: spec.apps[0].expose: is set, but the platform offers no addresses outside the cluster;"
                        + " remove it (until then, the app is installed without)",
                condition(response, "Accepted"));
    }

    @Test
    void aCatalogEntryExposesItsAppsWhereThePlatformOffersAddresses() {
        var catalog = obj("catalog", obj("podinfo", WEB));
        var without = state(settings(catalog), app("shop", obj())).call();
        assertEquals(
                "app-shop | TRUE Accepted: The Environment is valid.",
                names(without) + " | " + condition(without, "Accepted"));
        var offered = Merge.over(OFFER, obj("data", catalog));
        assertEquals(
                "app-shop ingress-shop provider-config-kubernetes",
                names(state(offered, app("shop", obj())).call()));
    }

    @Test
    void ofTwoAppsWithOneAddressTheFirstHasIt() {
        var second = app("second", obj("expose", obj("service", "second", "port", 80, "host", "shop")));
        var response = state(OFFER, app("shop", WEB), second).call();
        assertEquals("app-second app-shop ingress-shop provider-config-kubernetes", names(response));
        assertEquals(
                "FALSE Invalid: spec.apps[1].expose: has the address of the app \"shop\", shop; set another host in expose"
                        + " (until then, the app has no address)",
                condition(response, "Accepted"));
    }

    @Test
    void anIngressGoesBeforeItsApp() {
        var state = state(OFFER, app("shop", WEB)).change(environment(obj("apps", arr())));
        state.step();
        assertEquals(List.of("app-shop", INGRESS), gone(state));
    }

    /** The components of the app in the order in which they are deleted, the last first. */
    private static List<String> gone(ObservedStateFake state) {
        var order = new ArrayList<String>();
        for (var step = 0; step < 12; step++) {
            var before = state.names();
            state.step();
            before.stream()
                    .filter(name -> name.equals("app-shop") || name.equals(INGRESS))
                    .filter(name -> !state.names().contains(name))
                    .forEach(order::addFirst);
        }
        return order;
    }

    @Test
    void anIngressGoesWhenTheAppIsNoLongerExposed() {
        var state = state(OFFER, app("shop", WEB)).change(environment(obj("apps", arr(app("shop", obj())))));
        assertEquals("app-shop", names(state.steps(8).call()));
    }

    @Test
    void anExistingClusterAdmitsTheControllerToo() {
        var size = obj(
                "sizes",
                obj(
                        "shared",
                        obj(
                                "existing",
                                obj(
                                        "providerConfig",
                                        "shared",
                                        "cpu",
                                        "1",
                                        "memory",
                                        "1Gi",
                                        "pods",
                                        5,
                                        "volumes",
                                        "1Gi"))));
        var environment = environment(obj("size", "shared", "apps", arr(app("shop", WEB))));
        var state = new ObservedStateFake(environment, Merge.over(OFFER, obj("data", size))).steps(12);
        assertEquals(Fixtures.peersBesideTheNamespace("controller"), Fixtures.peers(state.call()));
        assertEquals(
                body(state.call(), "namespace").text("spec", "forProvider", "manifest", "metadata", "name"),
                manifest(state).text("metadata", "namespace"));
    }
}

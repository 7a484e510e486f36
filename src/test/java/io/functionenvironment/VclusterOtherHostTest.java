package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.condition;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.names;
import static io.functionenvironment.Fixtures.reason;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.Fixtures.status;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A virtual cluster of a size with another host cluster is there as a whole, and stays there. */
class VclusterOtherHostTest {
    private static final String NAMESPACE = "env-team-a-dev-jpaxfzo35gcbqyrz";
    private static final String NAME = NAMESPACE + ".west.example.org";
    private static final Json.Obj WEST =
            obj("providerConfig", "host-west", "address", "https://<hostNamespace>.west.example.org");
    private static final Json.Obj SUBJECTS =
            obj("access", obj("subjects", arr(obj("kind", "Group", "name", "team-a"))));

    private static Json.Obj offer(Json.Obj host) {
        return offer(host, Json.Obj.EMPTY);
    }

    private static Json.Obj offer(Json.Obj host, Json.Obj others) {
        var size = obj(
                "cpu", "2",
                "memory", "4Gi",
                "pods", 20,
                "volumes", "20Gi",
                "storage", "5Gi",
                "controlPlane", obj("cpu", "1", "memory", "1Gi"),
                "host", host);
        return settings(Merge.over(obj("sizes", obj("west", obj("vcluster", size))), others));
    }

    private static Json.Obj sized(String size) {
        return environment(obj("size", size, "apps", arr(Fixtures.app("a"))));
    }

    private static ObservedStateFake west(Json.Obj host) {
        return new ObservedStateFake(sized("west"), offer(host)).steps(8);
    }

    private static Json.Obj values(ObservedStateFake state) {
        return body(state.call(), "cluster").object("spec", "forProvider", "values");
    }

    /** The configuration of each component. */
    private static String configs(ObservedStateFake state) {
        return state.names().stream()
                .sorted()
                .flatMap(name -> body(state.call(), name)
                        .text("spec", "providerConfigRef", "name")
                        .map(config -> name + "=" + config)
                        .stream())
                .collect(Collectors.joining(" "));
    }

    @Test
    void everythingInTheHostClusterIsInThatOne() {
        var state = new ObservedStateFake(sized("west"), offer(WEST, SUBJECTS)).steps(8);
        assertEquals(
                "cluster=host-west connect-role=host-west connect-role-binding=host-west health=host-west"
                        + " namespace=host-west",
                configs(state).replaceFirst("app-a=[^ ]+ ", ""));
    }

    @Test
    void theKubeconfigAndTheCertificateHaveTheAddressByWhichTheProvidersReachIt() {
        var values = values(west(WEST));
        assertEquals(
                List.of(obj("name", "dev-incluster", "server", "https://" + NAME + ":443", "context", "dev")),
                values.items("exportKubeConfig", "additionalSecrets"));
        assertEquals(
                arr(NAME, "dev." + NAMESPACE + ".svc", "dev." + NAMESPACE + ".svc.cluster.local")
                        .items(),
                values.items("controlPlane", "proxy", "extraSANs"));
    }

    @Test
    void theKubeconfigIsCopiedIntoTheNamespaceOfTheEnvironment() {
        var spec = body(west(WEST).call(), "cluster").object("spec");
        assertEquals(Optional.of("dev-jpaxfzo35gcbqyrz-kubeconfig"), spec.text("writeConnectionSecretToRef", "name"));
        assertEquals(
                Optional.of("dev-incluster"),
                spec.items("connectionDetails").getFirst().text("name"));
    }

    @Test
    void anAddressMayHaveThePortAndTheNameOfTheVirtualCluster() {
        var host = Merge.over(WEST, obj("address", "https://<vcluster>.<hostNamespace>.svc.clusterset.local:8443"));
        assertEquals(
                "https://dev." + NAMESPACE + ".svc.clusterset.local:8443",
                status(west(host).call()).text("cluster", "apiServer").orElse(""));
    }

    @Test
    void peopleAreToldInWhichHostClusterItIs() {
        var connect = status(new ObservedStateFake(sized("west"), offer(WEST, SUBJECTS))
                        .steps(8)
                        .call())
                .text("connect");
        assertEquals(
                Optional.of("vcluster connect dev -n " + NAMESPACE
                        + "  # in the host cluster host-west; needs the Role environment-access in that namespace"),
                connect);
        assertEquals(
                Optional.of("vcluster connect dev -n " + NAMESPACE + "  # in the host cluster host-west"),
                status(west(WEST).call()).text("connect"));
    }

    @Test
    void theChartMakesItReachableAsTheSizeSays() {
        assertEquals(obj("enabled", true, "host", NAME), exposed("Ingress").object("ingress"));
        assertEquals(obj("enabled", true, "host", NAME), exposed("TLSRoute").object("tlsRoute"));
        assertEquals(
                obj(
                        "spec", obj("type", "LoadBalancer"),
                        "annotations", obj("external-dns.alpha.kubernetes.io/hostname", NAME)),
                exposed("LoadBalancer").object("service"));
    }

    /** By which the admission policies tell its own claim from those of others. */
    @Test
    void itsNamespaceSaysWhichNameTheChartMayClaimIfItClaimsOne() {
        assertEquals(
                "absent " + NAME + " " + NAME + " " + NAME,
                Stream.concat(
                                Stream.of(WEST),
                                Stream.of("Ingress", "TLSRoute", "LoadBalancer")
                                        .map(kind -> Merge.over(WEST, obj("expose", kind))))
                        .map(host -> nameOnTheNamespace(west(host)))
                        .collect(Collectors.joining(" ")));
    }

    private static String nameOnTheNamespace(ObservedStateFake state) {
        return body(state.call(), "namespace")
                .text(
                        "spec",
                        "forProvider",
                        "manifest",
                        "metadata",
                        "annotations",
                        "environment.fn.crossplane.io/exposed-name")
                .orElse("absent");
    }

    @Test
    void anotherAddressOfAClusterThatExistsIsOnItsNamespaceToo() {
        var exposed = Merge.over(WEST, obj("expose", "LoadBalancer"));
        var state = west(exposed)
                .settings(offer(Merge.over(exposed, obj("address", "https://<hostNamespace>.new.example.org"))))
                .steps(2);
        assertEquals(NAMESPACE + ".new.example.org", nameOnTheNamespace(state));
    }

    /** A policy refuses the name before, and Helm does not repeat an upgrade that failed. */
    @Test
    void aNewNameIsOnTheNamespaceBeforeTheChartClaimsIt() {
        var exposed = Merge.over(WEST, obj("expose", "LoadBalancer"));
        var renamed = Merge.over(exposed, obj("address", "https://<hostNamespace>.new.example.org"));
        for (var change : List.of(List.of(WEST, exposed), List.of(exposed, renamed))) {
            var wanted = west(change.get(1));
            var state = west(change.get(0));
            var before = values(state);
            state.settings(offer(change.get(1)));
            assertEquals(
                    List.of(before, nameOnTheNamespace(wanted), values(wanted)),
                    List.of(values(state), nameOnTheNamespace(state), values(state.steps(1))));
        }
    }

    private static Json.Obj exposed(String kind) {
        return values(west(Merge.over(WEST, obj("expose", kind)))).object("controlPlane");
    }

    @Test
    void theQuotaHasRoomForTheLoadBalancerOfTheControlPlane() {
        var quota = values(west(Merge.over(WEST, obj("expose", "LoadBalancer"))))
                .object("policies", "resourceQuota", "quota");
        assertEquals(
                "2 10",
                Stream.of("services.loadbalancers", "services.nodeports")
                        .map(key ->
                                String.valueOf(quota.number(key).orElseThrow().intValue()))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void aSizeOnAnotherHostIsRefusedAndNothingIsLost() {
        for (var sizes : List.of(List.of("west", "small", "host-west"), List.of("small", "west", "default"))) {
            var state = new ObservedStateFake(sized(sizes.get(0)), offer(WEST)).steps(8);
            var before = body(state.call(), "cluster").object("spec");
            var response = state.change(sized(sizes.get(1))).call();
            assertEquals(
                    "FALSE Invalid: spec.size: is \"" + sizes.get(1) + "\", a size in another host cluster than this"
                            + " Environment's, which cannot move; request a size in the host cluster of the"
                            + " ClusterProviderConfig " + sizes.get(2) + ", or create a new Environment",
                    condition(response, "Accepted"));
            assertEquals("app-a", names(response));
            assertEquals(before, body(response, "cluster").object("spec"));
            assertEquals("TRUE Available", reason(response, "ClusterReady"));
            assertEquals("TRUE Available", reason(response, "AppsReady"));
        }
    }

    @Test
    void itCannotMoveBeforeItsClusterIsInstalledEither() {
        var state = new ObservedStateFake(sized("west"), offer(WEST)).steps(1);
        assertEquals(
                "FALSE Invalid",
                reason(state.change(sized("small")).call(), "Accepted"),
                "its namespace would stay behind");
    }

    @Test
    void aMisspeltSizeKeepsItsAddress() {
        var state = west(WEST).change(sized("wset"));
        assertEquals(
                Optional.of("https://" + NAME + ":443"), status(state.call()).text("cluster", "apiServer"));
        assertEquals(
                "health=host-west",
                Stream.of(configs(state).split(" "))
                        .filter(config -> config.startsWith("health"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void anotherAddressReachesAClusterThatExists() {
        var other = Merge.over(WEST, obj("address", "https://<hostNamespace>.new.example.org"));
        var state = west(WEST).settings(offer(other)).steps(2);
        assertEquals("TRUE Accepted", reason(state.call(), "Accepted"));
        assertEquals(
                Optional.of("https://" + NAMESPACE + ".new.example.org:443"),
                status(state.call()).text("cluster", "apiServer"));
    }

    @Test
    void otherSettingsForAllSizesLeaveEachClusterWhereItIs() {
        var moved = obj("host", obj("providerConfig", "host-north"));
        for (var size : List.of("west", "small")) {
            var state = new ObservedStateFake(sized(size), offer(WEST)).steps(8);
            var before = configs(state);
            state.settings(offer(WEST, moved)).steps(2);
            assertEquals("TRUE Accepted", reason(state.call(), "Accepted"), size);
            assertEquals(before, configs(state));
        }
    }
}

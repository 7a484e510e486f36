package io.functionenvironment;

import static io.functionenvironment.Fixtures.body;
import static io.functionenvironment.Fixtures.environment;
import static io.functionenvironment.Fixtures.settings;
import static io.functionenvironment.json.JsonLiteral.arr;
import static io.functionenvironment.json.JsonLiteral.obj;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which addresses the pods of an Environment can reach, asked address by address of the policies that isolate it. For a
 * vcluster, these follow from values: two tests read the values, and one has the chart render its policies, if the program
 * helm and the chart are there ({@link HelmChart}).
 */
class ClosedAddressesTest {
    private static final int HTTP = 80;

    /** Of web and API servers, which the chart's policies open in places. */
    private static final List<Integer> PORTS = List.of(HTTP, 443, 6443, 8443);

    /** Credentials of nodes, the networks of the platform, and what is public. */
    private static final Map<String, Boolean> BY_DEFAULT = new TreeMap<>(Map.ofEntries(
            Map.entry("169.254.169.254", false),
            Map.entry("169.254.170.2", false),
            Map.entry("169.254.170.23", false),
            Map.entry("169.254.20.10", false),
            Map.entry("169.254.0.1", false),
            Map.entry("168.63.129.16", false),
            Map.entry("192.0.0.192", false),
            Map.entry("100.100.100.200", false),
            Map.entry("10.0.0.1", false),
            Map.entry("172.16.0.1", false),
            Map.entry("172.31.255.255", false),
            Map.entry("192.168.1.1", false),
            Map.entry("198.18.0.1", false),
            Map.entry("fd00:ec2::254", false),
            Map.entry("fe80::a9fe:a9fe", false),
            Map.entry("168.63.129.15", true),
            Map.entry("168.63.129.17", true),
            Map.entry("169.253.255.255", true),
            Map.entry("169.255.0.1", true),
            Map.entry("172.32.0.1", true),
            Map.entry("192.0.2.1", true),
            Map.entry("1.1.1.1", true)));

    @TempDir
    private Path folder;

    private static ObservedStateFake vcluster(Json.Obj data) {
        return new ObservedStateFake(environment("a"), settings(data)).steps(3);
    }

    private static Json.Obj values(Json.Obj data) {
        return body(vcluster(data).call(), "cluster").object("spec", "forProvider", "values");
    }

    private static Json.Obj isolation(Object openAddresses) {
        return obj("vcluster", obj("isolation", obj("openAddresses", openAddresses)));
    }

    /** The policy of an Environment in an existing cluster. */
    private static NetworkPolicyRules existing(Json.Obj size) {
        var share = Merge.over(
                obj("providerConfig", "shared", "cpu", "2", "memory", "4Gi", "pods", 20, "volumes", "20Gi"), size);
        var state = new ObservedStateFake(
                        environment(obj("size", "shared")),
                        settings(obj("sizes", obj("shared", obj("existing", share)))))
                .steps(9);
        return new NetworkPolicyRules(
                List.of(state.observed("isolation-network-policy").object("spec", "forProvider", "manifest")));
    }

    /** The rules for pods of apps that the chart makes of its values. */
    private static NetworkPolicyRules ofValues(Json.Obj values) {
        var workload = values.object("policies", "networkPolicy", "workload");
        var block = Merge.over(obj("cidr", "0.0.0.0/0"), workload.object("publicEgress"));
        var rules = new ArrayList<Object>(List.of(obj("to", arr(obj("ipBlock", block)))));
        rules.addAll(workload.items("egress"));
        return new NetworkPolicyRules(
                List.of(obj("spec", obj("podSelector", obj(), "policyTypes", arr("Egress"), "egress", rules))));
    }

    private static Map<String, Boolean> reachable(NetworkPolicyRules rules, Map<String, String> labels) {
        return reachable(rules, labels, HTTP);
    }

    private static Map<String, Boolean> reachable(NetworkPolicyRules rules, Map<String, String> labels, int port) {
        return new TreeMap<>(BY_DEFAULT.keySet().stream()
                .collect(toMap(address -> address, address -> rules.allow(labels, address, port))));
    }

    private static Map<String, Boolean> with(String... open) {
        var expected = new TreeMap<>(BY_DEFAULT);
        Stream.of(open).forEach(address -> expected.put(address, true));
        return expected;
    }

    @Test
    void theValuesCloseTheAddressesWhereCloudsGiveOutCredentials() {
        assertEquals(BY_DEFAULT, reachable(ofValues(values(obj())), Map.of()));
    }

    @Test
    void theValuesOpenWhatThePlatformOpensBesideItsOwnRules() {
        var own = obj(
                "policies",
                obj(
                        "networkPolicy",
                        obj(
                                "workload",
                                obj("egress", arr(obj("to", arr(obj("ipBlock", obj("cidr", "10.0.0.1/32")))))))));
        var data = Merge.over(isolation(arr("169.254.20.10")), obj("vcluster", obj("values", own)));
        assertEquals(with("169.254.20.10", "10.0.0.1"), reachable(ofValues(values(data)), Map.of()));
    }

    @Test
    void withoutANetworkPolicyThereIsNothingToOpen() {
        var data =
                obj("vcluster", obj("isolation", obj("networkPolicy", false, "openAddresses", arr("169.254.20.10"))));
        assertEquals(obj("enabled", false), values(data).object("policies", "networkPolicy"));
    }

    @Test
    void thePolicyInAnExistingClusterClosesThem() {
        assertEquals(BY_DEFAULT, reachable(existing(obj()), Map.of()));
    }

    @Test
    void thePolicyInAnExistingClusterOpensWhatThePlatformOpens() {
        var open = obj("openAddresses", arr("169.254.20.10", "192.168.1.0/24", "fd00:ec2::254"));
        assertEquals(with("169.254.20.10", "192.168.1.1", "fd00:ec2::254"), reachable(existing(open), Map.of()));
    }

    @Test
    void thePoliciesThatTheChartRendersCloseThemForPodsOfApps() throws Exception {
        var chart = HelmChart.of("vcluster", "vcluster");
        var app = Map.of(PodLabels.MANAGED, "dev");
        assertEquals(BY_DEFAULT, reachable(rendered(chart, values(obj())), app));
        assertEquals(
                with("169.254.20.10", "192.168.1.1"),
                reachable(rendered(chart, values(isolation(arr("169.254.20.10", "192.168.0.0/16")))), app));
    }

    /** The policies that select a pod add up, so it is enough to ask about the labels of one selector after the other. */
    @Test
    void noLabelThatAPodOfAnAppCanHaveOpensThem() throws Exception {
        var rules = rendered(HelmChart.of("vcluster", "vcluster"), values(obj()));
        for (var labels : PodLabels.possible(rules.selected())) {
            for (var port : PORTS) {
                assertEquals(BY_DEFAULT, reachable(rules, labels, port), labels + " on port " + port);
            }
        }
    }

    /** The control plane connects to addresses itself: for webhooks and aggregated APIs of the Environment's cluster. */
    @Test
    void theChartOpensThePortsOfApiServersForTheControlPlaneAndNoOthers() throws Exception {
        var rules = rendered(HelmChart.of("vcluster", "vcluster"), values(obj()));
        var control = Map.of("release", "dev");
        for (var address : BY_DEFAULT.keySet()) {
            assertEquals(
                    List.of(false, false, true, true, true),
                    Stream.of(HTTP, 32526, 443, 6443, 8443)
                            .map(port -> rules.allow(control, address, port))
                            .toList(),
                    address);
        }
    }

    private NetworkPolicyRules rendered(HelmChart chart, Json.Obj values) throws IOException, InterruptedException {
        return new NetworkPolicyRules(chart.render("dev", "host", List.of(values), folder).stream()
                .filter(object -> object.text("kind").orElse("").equals("NetworkPolicy"))
                .toList());
    }
}

package io.functionenvironment;

import static java.util.stream.Collectors.toMap;

import io.functionenvironment.json.Json;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which connections NetworkPolicies allow, as {@code networking.k8s.io/v1} defines it: pods that a policy selects may connect
 * only to what a rule of one of these policies allows; others may connect to everything.
 *
 * @param policies of one namespace
 */
record NetworkPolicyRules(List<Json> policies) {

    /** Whether a pod with these labels may connect to a TCP port at an address outside the cluster's pods. */
    boolean allow(Map<String, String> labels, String address, int port) {
        var selecting = policies.stream()
                .filter(policy -> types(policy).contains(new Json.Text("Egress")))
                .filter(policy -> selects(policy.object("spec", "podSelector"), labels))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.items("spec", "egress").stream())
                        .anyMatch(rule -> toPort(rule, port) && toAddress(rule, address));
    }

    /** The labels that each policy selects pods by. */
    List<Map<String, String>> selected() {
        return policies.stream()
                .map(policy -> policy.object("spec", "podSelector", "matchLabels").fields().entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, label -> ((Json.Text) label.getValue()).value())))
                .toList();
    }

    private static List<Json> types(Json policy) {
        return policy.items("spec", "policyTypes");
    }

    private static boolean selects(Json.Obj selector, Map<String, String> labels) {
        if (selector.fields().keySet().stream().anyMatch(key -> !key.equals("matchLabels"))) {
            throw new AssertionError("the test does not know this selector: " + selector);
        }
        return selector.object("matchLabels").fields().entrySet().stream()
                .allMatch(label -> new Json.Text(labels.getOrDefault(label.getKey(), "")).equals(label.getValue()));
    }

    private static boolean toPort(Json rule, int port) {
        var ports = rule.items("ports");
        return ports.isEmpty()
                || ports.stream()
                        .filter(item -> item.text("protocol").orElse("TCP").equals("TCP"))
                        .anyMatch(item -> item.number("port").equals(Optional.of((double) port)));
    }

    /** A peer without an {@code ipBlock} is pods; a rule without peers is everything. */
    private static boolean toAddress(Json rule, String address) {
        var peers = rule.items("to");
        return peers.isEmpty()
                || peers.stream()
                        .flatMap(peer -> peer.at("ipBlock").stream())
                        .anyMatch(block -> contains(block.text("cidr").orElseThrow(), address)
                                && block.items("except").stream()
                                        .noneMatch(except -> contains(((Json.Text) except).value(), address)));
    }

    private static boolean contains(String block, String address) {
        var parts = block.split("/", -1);
        var network = InetAddress.ofLiteral(parts[0]).getAddress();
        var asked = InetAddress.ofLiteral(address).getAddress();
        var shift = network.length * Byte.SIZE - Integer.parseInt(parts[1]);
        return network.length == asked.length
                && new BigInteger(1, network).shiftRight(shift).equals(new BigInteger(1, asked).shiftRight(shift));
    }
}

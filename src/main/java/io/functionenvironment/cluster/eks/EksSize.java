package io.functionenvironment.cluster.eks;

import io.fabric8.kubernetes.api.model.Quantity;
import io.functionenvironment.cluster.AmountRange;
import io.functionenvironment.cluster.AmountRange.Amount;
import io.functionenvironment.cluster.cloud.CloudSize;
import io.functionenvironment.cluster.cloud.NodeCount;
import io.functionenvironment.cluster.cloud.OptionsReader;
import io.functionenvironment.json.FieldReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The size of a cluster of Amazon EKS with Auto Mode, which adds and removes nodes as pods need them.
 *
 * @param cpu what all nodes together may have
 * @param memory likewise
 * @param instanceTypes of the nodes; empty leaves them to Amazon
 * @param subnets the ids of the subnets of the network
 * @param roles given roles; empty for roles of its own
 */
record EksSize(
        Options options,
        Quantity cpu,
        Quantity memory,
        boolean spot,
        List<String> instanceTypes,
        List<String> subnets,
        Optional<Roles> roles)
        implements CloudSize {
    /** Their ARNs. */
    record Roles(String cluster, String nodes) {}

    static final String TYPE = "eks";
    private static final OptionsReader OPTIONS = new OptionsReader(
            "region",
            Pattern.compile("(eusc|[a-z]{2})(-[a-z]{2,12}){1,2}-[0-9]"),
            "a region of AWS, like eu-central-1",
            Set.of(),
            Set.of(),
            false);
    private static final AmountRange CPU = new AmountRange(Amount.CPU, "2", "10000", "no node has less");
    private static final AmountRange MEMORY = new AmountRange(Amount.BYTES, "4Gi", "100Ti", "no node has less");
    private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-f]{8,17}");
    private static final String SUBNET_ALLOWED = "the id of a subnet, like subnet-0123456789abcdef0";
    private static final Pattern INSTANCE = Pattern.compile("[a-z][-a-z0-9]{0,14}\\.[a-z0-9-]{1,16}");
    private static final String INSTANCE_ALLOWED = "an instance type, like m7i.xlarge";
    private static final Pattern ROLE = Pattern.compile("arn:aws[-a-z]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,576}");
    private static final String ROLE_ALLOWED = "the ARN of a role, like arn:aws:iam::123456789012:role/NAME";
    private static final int MOST_SUBNETS = 16;
    private static final int MOST_TYPES = 30;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<NodeCount> allNodes() {
        return Optional.empty();
    }

    static EksSize read(FieldReader at) {
        at.only(OPTIONS.fields(Set.of("cpu", "memory", "spot", "instanceTypes", "subnetIds", "roles")));
        return new EksSize(
                OPTIONS.read(at),
                CPU.read(at.field("cpu")),
                MEMORY.read(at.field("memory")),
                at.field("spot").bool().orElse(false),
                at.field("instanceTypes").items(MOST_TYPES).stream()
                        .flatMap(item -> item.required(INSTANCE_ALLOWED).text(INSTANCE, INSTANCE_ALLOWED).stream())
                        .toList(),
                subnets(at.field("subnetIds")),
                roles(at.field("roles")));
    }

    /** Amazon requires subnets in two availability zones. */
    private static List<String> subnets(FieldReader at) {
        var items = at.required("a list of the ids of at least 2 subnets").items(MOST_SUBNETS);
        var subnets = items.stream()
                .flatMap(item -> item.required(SUBNET_ALLOWED).text(SUBNET, SUBNET_ALLOWED).stream())
                .toList();
        if (at.present() && items.size() < 2) {
            at.error("has " + items.size() + " items; must have at least 2, in different availability zones");
        } else if (new HashSet<>(subnets).size() < subnets.size()) {
            at.error("has an item twice; remove it");
        }
        return subnets;
    }

    private static Optional<Roles> roles(FieldReader at) {
        if (!at.present()) {
            return Optional.empty();
        }
        at.only(Set.of("cluster", "nodes"));
        var cluster = at.field("cluster").required(ROLE_ALLOWED).text(ROLE, ROLE_ALLOWED);
        var nodes = at.field("nodes").required(ROLE_ALLOWED).text(ROLE, ROLE_ALLOWED);
        return Optional.of(new Roles(cluster.orElse(""), nodes.orElse("")));
    }
}

package io.functionenvironment.cluster.aks;

import io.functionenvironment.cluster.cloud.CloudSize;
import io.functionenvironment.cluster.cloud.NodeCount;
import io.functionenvironment.cluster.cloud.OptionsReader;
import io.functionenvironment.json.FieldReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The size of a cluster of Azure Kubernetes Service. With an identity it has no local accounts.
 *
 * @param tier of the control plane
 * @param zones those that nodes are in; empty leaves them to Azure
 * @param subnet the id of the subnet of the nodes; empty for a network of the cluster's own
 */
record AksSize(
        Options options,
        String tier,
        String vmSize,
        NodeCount nodes,
        Optional<Integer> diskSizeGb,
        List<String> zones,
        Optional<String> subnet)
        implements CloudSize {
    static final String TYPE = "aks";
    private static final OptionsReader OPTIONS = new OptionsReader(
            "location",
            Pattern.compile("[a-z]{3,40}[0-9]{0,2}"),
            "a region of Azure, like westeurope",
            Set.of("AzureServicePrincipalCredentials", "AzureWorkloadIdentityCredentials"),
            Set.of(OptionsReader.SECRET),
            false);
    private static final Pattern VM = Pattern.compile("[A-Z][A-Za-z]{1,20}_[A-Za-z0-9_-]{1,40}");
    private static final String VM_ALLOWED = "a size of a virtual machine, like Standard_D4s_v5";
    private static final Pattern ZONE = Pattern.compile("[1-3]");
    private static final Pattern SUBNET = Pattern.compile(
            "/subscriptions/[-0-9a-fA-F]{36}/resourceGroups/[^/\\s]{1,90}/providers/Microsoft\\.Network/virtualNetworks/"
                    + "[^/\\s]{1,80}/subnets/[^/\\s]{1,80}");
    static final String PREMIUM = "Premium";
    private static final Set<String> TIERS = Set.of("Free", "Standard", PREMIUM);
    private static final int SMALLEST_DISK = 30;
    private static final int LARGEST_DISK = 2048;
    private static final int MOST_ZONES = 3;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<NodeCount> allNodes() {
        return Optional.of(nodes);
    }

    static AksSize read(FieldReader at) {
        at.only(OPTIONS.fields(Set.of("tier", "vmSize", "nodes", "diskSizeGb", "zones", "subnetId")));
        var zone = "a zone in quotes: \"1\", \"2\" or \"3\"";
        return new AksSize(
                OPTIONS.read(at),
                OptionsReader.oneOf(at.field("tier"), TIERS).orElse("Free"),
                at.field("vmSize").required(VM_ALLOWED).text(VM, VM_ALLOWED).orElse(""),
                NodeCount.read(at.field("nodes"), 1),
                at.field("diskSizeGb").integer(SMALLEST_DISK, LARGEST_DISK),
                at.field("zones").items(MOST_ZONES).stream()
                        .flatMap(item -> item.required(zone).text(ZONE, zone).stream())
                        .toList(),
                at.field("subnetId").text(SUBNET, "the id of a subnet, /subscriptions/…/subnets/NAME"));
    }
}

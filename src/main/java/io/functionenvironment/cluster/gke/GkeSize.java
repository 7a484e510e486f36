package io.functionenvironment.cluster.gke;

import io.functionenvironment.cluster.cloud.CloudSize;
import io.functionenvironment.cluster.cloud.NodeCount;
import io.functionenvironment.cluster.cloud.OptionsReader;
import io.functionenvironment.json.FieldReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The size of a cluster of Google Kubernetes Engine.
 *
 * @param project empty for that of the provider's configuration
 * @param channel the release channel, which upgrades the cluster
 * @param network empty for the default network of the project
 * @param subnetwork likewise
 * @param nodes empty if Autopilot chooses them
 */
record GkeSize(
        Options options,
        Optional<String> project,
        String channel,
        Optional<String> network,
        Optional<String> subnetwork,
        Optional<Nodes> nodes)
        implements CloudSize {
    /**
     * The node pool.
     *
     * @param count in each zone
     * @param zones those that it is in; empty leaves them to Google Cloud
     * @param serviceAccount that the nodes run as; empty for the default one of the project, which has to be asked for
     */
    record Nodes(
            String machineType,
            NodeCount count,
            boolean spot,
            Optional<Integer> diskSizeGb,
            Optional<String> diskType,
            List<String> zones,
            Optional<String> serviceAccount) {}

    static final String TYPE = "gke";
    /** What Google Cloud calls the network that a project has from the beginning, and the account that its machines run as. */
    static final String DEFAULT = "default";

    private static final Pattern LOCATION = Pattern.compile("[a-z]{2,20}-[a-z]{2,20}[0-9]{1,2}(-[a-z])?");
    private static final Pattern ZONE = Pattern.compile("[a-z]{2,20}-[a-z]{2,20}[0-9]{1,2}-[a-z]");
    private static final String ZONE_ALLOWED = "a zone, like europe-west1-b";
    private static final OptionsReader OPTIONS = new OptionsReader(
            "location",
            LOCATION,
            "a region or a zone of Google Cloud, like europe-west1 or europe-west1-b",
            Set.of("GoogleApplicationCredentials"),
            Set.of(OptionsReader.SECRET, OptionsReader.INJECTED),
            true);
    private static final Pattern PROJECT = Pattern.compile("([a-z][-a-z0-9.]{0,60}:)?[a-z][-a-z0-9]{4,28}[a-z0-9]");
    private static final Pattern RESOURCE = Pattern.compile("[a-z][-a-z0-9/._:]{0,254}");
    private static final String RESOURCE_ALLOWED =
            "the name of a network, or its path, like projects/PROJECT/global/networks/NAME";
    private static final Pattern MACHINE = Pattern.compile("[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,30}){1,4}");
    private static final Pattern DISK = Pattern.compile("[a-z]{1,20}(-[a-z]{1,20}){0,3}");
    private static final Pattern ACCOUNT = Pattern.compile("default|[-a-z0-9]{1,63}@[-a-z0-9.]{1,190}");
    /** Every pod can act as the account of its node, and the default one is often an editor of the whole project. */
    private static final String ACCOUNT_ALLOWED = "the e-mail address of a service account,"
            + " or default for that of the project, which may often change everything in it";

    private static final Set<String> CHANNELS = Set.of("RAPID", "REGULAR", "STABLE", "EXTENDED");
    private static final int SMALLEST_DISK = 12;
    private static final int LARGEST_DISK = 65_536;
    private static final int MOST_ZONES = 8;
    private static final Set<String> OF_NODES =
            Set.of("machineType", "nodes", "spot", "diskSizeGb", "diskType", "zones", "nodeServiceAccount");
    private static final Set<String> OTHERS = Set.of("project", "releaseChannel", "network", "subnetwork", "autopilot");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<NodeCount> allNodes() {
        return nodes.flatMap(some -> some.zones().isEmpty()
                // A cluster in a region has nodes in several zones, and Google Cloud decides in how many.
                ? Optional.of(some.count()).filter(ignored -> zonal(options.location()))
                : Optional.of(some.count().times(some.zones().size())));
    }

    private static boolean zonal(String location) {
        return ZONE.matcher(location).matches();
    }

    static GkeSize read(FieldReader at) {
        at.only(OPTIONS.fields(Stream.concat(OF_NODES.stream(), OTHERS.stream()).collect(Collectors.toSet())));
        var options = OPTIONS.read(at);
        var autopilot = at.field("autopilot").bool().orElse(false);
        if (autopilot) {
            OF_NODES.stream()
                    .sorted()
                    .filter(name -> at.field(name).present())
                    .forEach(name -> at.field(name)
                            .error("is set, but autopilot is true, so that Google Cloud chooses the nodes; remove it"));
            if (zonal(options.location())) {
                at.field("location")
                        .error("is the zone " + options.location() + ", but autopilot is true; must be a region");
            }
        }
        return new GkeSize(
                options,
                at.field("project").text(PROJECT, "the id of a project of Google Cloud"),
                OptionsReader.oneOf(at.field("releaseChannel"), CHANNELS).orElse("REGULAR"),
                at.field("network").text(RESOURCE, RESOURCE_ALLOWED),
                at.field("subnetwork").text(RESOURCE, RESOURCE_ALLOWED),
                autopilot ? Optional.empty() : Optional.of(nodes(at, options.location())));
    }

    private static Nodes nodes(FieldReader at, String location) {
        var machine = "a machine type, like e2-standard-4";
        var zones = at.field("zones").items(MOST_ZONES).stream()
                .flatMap(item -> item
                        .required(ZONE_ALLOWED)
                        .text(ZONE, ZONE_ALLOWED)
                        .filter(zone -> {
                            var inside = zone.startsWith(location + "-");
                            if (!inside) {
                                item.error("is " + zone + "; must be a zone of the region in location, which is "
                                        + location);
                            }
                            return inside;
                        })
                        .stream())
                .toList();
        return new Nodes(
                at.field("machineType").required(machine).text(MACHINE, machine).orElse(""),
                NodeCount.read(at.field("nodes"), 0),
                at.field("spot").bool().orElse(false),
                at.field("diskSizeGb").integer(SMALLEST_DISK, LARGEST_DISK),
                at.field("diskType").text(DISK, "a disk type, like pd-balanced"),
                zones,
                at.field("nodeServiceAccount")
                        .required(ACCOUNT_ALLOWED)
                        .text(ACCOUNT, ACCOUNT_ALLOWED)
                        .filter(account -> !account.equals(DEFAULT)));
    }
}

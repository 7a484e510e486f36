package io.functionenvironment.cluster.vcluster;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The host cluster of a size, if it is not the one of all sizes.
 *
 * @param providerConfig the name of the ClusterProviderConfigs for it
 * @param name the name in DNS by which the providers reach a virtual cluster there, with placeholders
 * @param port likewise
 * @param exposure what the chart creates for that; empty if the network already has it
 */
record OtherHost(String providerConfig, String name, String port, Optional<Exposure> exposure) {
    private static final String NAMESPACE = "<hostNamespace>";
    private static final String RELEASE = "<vcluster>";
    private static final Pattern ADDRESS =
            Pattern.compile("https://([a-z0-9.-]|<[^<>]{1,32}>){1,253}(:[1-9][0-9]{0,4})?");
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")+");
    private static final int LARGEST_PORT = 65_535;
    private static final String ALLOWED = "an https:// address with " + NAMESPACE + " in its host name, like https://"
            + NAMESPACE + ".clusters.example.org";

    /** The longest that names may be; see {@code EnvironmentNames}. */
    private static final String LONGEST_NAMESPACE = "n".repeat(41);

    private static final String LONGEST_RELEASE = "r".repeat(16);

    /** How the chart makes a control plane reachable by the name. TLS must end in the control plane, which checks certificates. */
    enum Exposure {
        INGRESS("Ingress"),
        TLS_ROUTE("TLSRoute"),
        LOAD_BALANCER("LoadBalancer");

        private final String kind;

        Exposure(String kind) {
            this.kind = kind;
        }
    }

    static Optional<OtherHost> read(FieldReader at) {
        at.only(Set.of("providerConfig", "address", "expose"));
        if (at.object().isEmpty()) {
            return Optional.empty();
        }
        var config = AppReader.allowedName("ClusterProviderConfig");
        var address = at.field("address")
                .required(ALLOWED)
                .text(ADDRESS, ALLOWED)
                .filter(text -> isUsable(at.field("address"), text))
                .orElse("");
        var authority = address.replaceFirst("https://", "").split(":", 2);
        return Optional.of(new OtherHost(
                at.field("providerConfig")
                        .required(config)
                        .text(AppReader.OBJECT, config)
                        .orElse(""),
                authority[0],
                authority.length > 1 ? authority[1] : "443",
                exposure(at.field("expose"))));
    }

    private static boolean isUsable(FieldReader at, String address) {
        var authority = address.replaceFirst("https://", "").split(":", 2);
        var longest = named(authority[0], LONGEST_RELEASE, LONGEST_NAMESPACE);
        if (longest.contains("<")) {
            at.error(
                    "is " + Redaction.of(address) + "; must have no placeholders but " + NAMESPACE + " and " + RELEASE);
        } else if (!address.contains(NAMESPACE)) {
            at.error("is " + Redaction.of(address) + "; must have " + NAMESPACE
                    + " in its host name, because each virtual cluster needs a name of its own");
        } else if (!NAME.matcher(longest).matches()) {
            at.error("is " + Redaction.of(address)
                    + "; must be a name in DNS with at most 63 characters between dots, of" + " which " + NAMESPACE
                    + " has up to 41 and " + RELEASE + " up to 16");
        } else if (authority.length > 1 && Integer.parseInt(authority[1]) > LARGEST_PORT) {
            at.error("is " + Redaction.of(address) + "; must have a port of at most " + LARGEST_PORT);
        } else {
            return true;
        }
        return false;
    }

    private static Optional<Exposure> exposure(FieldReader at) {
        var text = at.text();
        var exposure = text.flatMap(some -> Arrays.stream(Exposure.values())
                .filter(each -> each.kind.equals(some))
                .findFirst());
        text.filter(ignored -> exposure.isEmpty())
                .ifPresent(
                        some -> at.error("is " + Redaction.of(some) + "; must be Ingress, TLSRoute or LoadBalancer"));
        return exposure;
    }

    /** The name in DNS of a virtual cluster. */
    String name(String release, String namespace) {
        return named(name, release, namespace);
    }

    /** The address of a virtual cluster. The port is always there, because the CLI of vcluster expects one. */
    String address(String release, String namespace) {
        return "https://" + name(release, namespace) + ":" + port;
    }

    private static String named(String template, String release, String namespace) {
        return template.replace(NAMESPACE, namespace).replace(RELEASE, release);
    }
}

package io.functionenvironment.cluster;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Map;

/**
 * The addresses that pods of an Environment cannot reach by default: those in networks of the platform, and those at which
 * clouds give out credentials of nodes. The documentation of the clouds names the latter: 169.254.169.254 (AWS, Azure, Google
 * Cloud, OpenStack), 169.254.170.2 and 169.254.170.23 (AWS, for containers and pods), 168.63.129.16 (Azure), 192.0.0.192
 * (Oracle), 100.100.100.200 (Alibaba), and fd00:ec2::254 (AWS).
 */
public final class ClosedAddresses {
    /** Blocks within 0.0.0.0/0. */
    public static final List<String> IPV4 = List.of(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "168.63.129.16/32");

    /** Blocks within ::/0. */
    public static final List<String> IPV6 = List.of("fc00::/7", "fe80::/10");

    private ClosedAddresses() {}

    /** Peers of a NetworkPolicy for the blocks that the platform opens nevertheless: what any rule allows is allowed. */
    public static List<Json> opened(List<String> blocks) {
        return blocks.stream()
                .<Json>map(block -> new Json.Obj(Map.of("ipBlock", new Json.Obj(Map.of("cidr", new Json.Text(block))))))
                .toList();
    }
}

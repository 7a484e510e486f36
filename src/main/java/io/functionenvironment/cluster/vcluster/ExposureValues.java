package io.functionenvironment.cluster.vcluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.stream.Stream;

/** The values of the vcluster chart, below {@code controlPlane}, by which a control plane is reachable from outside its host. */
final class ExposureValues {
    /** The annotation from which ExternalDNS makes the record of a load balancer. */
    private static final String EXTERNAL_DNS = "external-dns.alpha.kubernetes.io/hostname";

    private ExposureValues() {}

    /** Whether values make a control plane reachable in another way, or by another name, than others. */
    static boolean differ(Json.Obj values, Json.Obj others) {
        return Stream.of("ingress", "tlsRoute", "service")
                .anyMatch(key -> !values.at("controlPlane", key).equals(others.at("controlPlane", key)));
    }

    /** @param name by which it is reachable */
    static Json.Obj of(OtherHost.Exposure exposure, String name) {
        return switch (exposure) {
            case INGRESS -> obj(field("ingress", enabled(name)));
            case TLS_ROUTE -> obj(field("tlsRoute", enabled(name)));
            case LOAD_BALANCER ->
                obj(field(
                        "service",
                        obj(
                                field("spec", obj(field("type", "LoadBalancer"))),
                                field("annotations", obj(field(EXTERNAL_DNS, name))))));
        };
    }

    private static Json.Obj enabled(String name) {
        return obj(field("enabled", true), field("host", name));
    }
}

package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import java.time.Duration;

/** What an ingress controller does with an Ingress: a moment later it has an address. It checks neither host nor backend. */
record IngressController(VirtualClock clock) {
    private static final String KIND = "Ingress";
    private static final Duration DELAY = Duration.ofSeconds(1);
    /** An address for documentation, RFC 5737. */
    private static final String ADDRESS = "192.0.2.1";

    void start(Cluster cluster) {
        cluster.watch(event -> {
            if (event.before().isEmpty() && event.ref().isKind(KIND)) {
                clock.schedule(
                        DELAY,
                        () -> cluster.get(event.ref())
                                .ifPresent(ignored -> cluster.update(
                                        event.ref(),
                                        ingress -> JsonEdit.set(
                                                ingress,
                                                arr(obj(field("ip", ADDRESS))),
                                                "status",
                                                "loadBalancer",
                                                "ingress"))));
            }
        });
    }
}

package io.functionenvironment.cluster;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** A peer in a rule of a NetworkPolicy. */
public final class NetworkPeer {
    private NetworkPeer() {}

    /** All pods in a namespace. */
    public static Json.Obj namespace(String name) {
        return obj(field(
                "namespaceSelector", obj(field("matchLabels", obj(field("kubernetes.io/metadata.name", name))))));
    }
}

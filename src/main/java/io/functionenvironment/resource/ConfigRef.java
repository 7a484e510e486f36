package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** Which provider configuration, and so which cluster, a resource is for. */
public record ConfigRef(String kind, String name) {

    /** A configuration in the Environment's own namespace. */
    public static ConfigRef local(String name) {
        return new ConfigRef("ProviderConfig", name);
    }

    /** A configuration of the platform's, which teams cannot see the credentials of. */
    public static ConfigRef shared(String name) {
        return new ConfigRef("ClusterProviderConfig", name);
    }

    static ConfigRef of(Json tree) {
        return new ConfigRef(
                tree.text("kind").orElse("ClusterProviderConfig"),
                tree.text("name").orElse("default"));
    }

    Json.Obj tree() {
        return obj(field("kind", kind), field("name", name));
    }
}

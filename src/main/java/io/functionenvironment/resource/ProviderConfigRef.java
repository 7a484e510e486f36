package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;

/** The provider configuration, and so the cluster, that a managed resource is for. */
public record ProviderConfigRef(String kind, String name) {
    /** A configuration in the Environment's own namespace. */
    public static ProviderConfigRef namespaced(String name) {
        return new ProviderConfigRef("ProviderConfig", name);
    }

    /** A configuration of the platform, whose credentials teams cannot read. */
    public static ProviderConfigRef cluster(String name) {
        return new ProviderConfigRef("ClusterProviderConfig", name);
    }

    static ProviderConfigRef of(Json json) {
        return new ProviderConfigRef(
                json.text("kind").orElse("ClusterProviderConfig"),
                json.text("name").orElse("default"));
    }

    Json.Obj json() {
        return obj(field("kind", kind), field("name", name));
    }
}

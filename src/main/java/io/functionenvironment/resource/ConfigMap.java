package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ConfigMap beside the Environment, which nobody can change: what reads it is not told of changes. */
public record ConfigMap(Map<String, String> data) implements Resource {
    public static final Gvk GVK = new Gvk("v1", "ConfigMap");

    /** The number of bytes that Kubernetes allows in all values together. */
    public static final int MAX_BYTES = 1 << 20;

    @Override
    public Gvk gvk() {
        return GVK;
    }

    @Override
    public Readiness readiness() {
        return Readiness.EXISTS;
    }

    @Override
    public List<?> identity() {
        return List.of(data);
    }

    @Override
    public Json.Obj body(Tracking tracking, Optional<ObservedResource> observed, Instant now) {
        return obj(
                field("apiVersion", GVK.apiVersion()),
                field("kind", GVK.kind()),
                field("metadata", tracking.metadata()),
                field("data", Json.texts(data)),
                field("immutable", true));
    }

    static ConfigMap read(ObservedResource observed) {
        var data = new TreeMap<String, String>();
        observed.body().object("data").fields().forEach((key, value) -> {
            if (value instanceof Json.Text(var text)) {
                data.put(key, text);
            }
        });
        return new ConfigMap(data);
    }
}

package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;

/** The type of a Kubernetes object: its {@code apiVersion}, which is group and version, and its {@code kind}. */
public record Gvk(String apiVersion, String kind) {

    public static Gvk of(Json object) {
        return new Gvk(object.text("apiVersion").orElse(""), object.text("kind").orElse(""));
    }

    /** The API group; empty for the core group. */
    public String group() {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Whether both are of the same group and kind, in whatever version. */
    public boolean sameKind(Gvk other) {
        return kind.equals(other.kind) && group().equals(other.group());
    }

    @Override
    public String toString() {
        return kind + " of " + apiVersion;
    }
}

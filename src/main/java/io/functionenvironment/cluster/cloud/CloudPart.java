package io.functionenvironment.cluster.cloud;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One managed resource of a cluster.
 *
 * @param name of the component. Part of the API: it never changes
 * @param externalName the name at the cloud provider; empty where the provider chooses it
 * @param fixed what cannot change once it is set
 * @param creation how long its creation may take
 */
public record CloudPart(
        String name,
        Gvk gvk,
        Optional<String> externalName,
        Json.Obj forProvider,
        List<Fixed> fixed,
        Duration creation) {
    /**
     * A field that cannot change once it is set.
     *
     * @param setting what it is called in a size
     * @param path where it is in {@code forProvider}, with dots between the keys
     */
    public record Fixed(String setting, String path) {
        /** One that has the same name in both. */
        public static Fixed of(String name) {
            return new Fixed(name, name);
        }
    }
}

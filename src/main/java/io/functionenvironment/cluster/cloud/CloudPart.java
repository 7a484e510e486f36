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
 * @param initProvider what it is only created with; providers that are built with Upjet ignore it afterwards
 */
public record CloudPart(
        String name,
        Gvk gvk,
        Optional<String> externalName,
        Json.Obj forProvider,
        List<Fixed> fixed,
        Duration creation,
        Json.Obj initProvider) {
    /** One that is created with what it has later. */
    public CloudPart(
            String name,
            Gvk gvk,
            Optional<String> externalName,
            Json.Obj forProvider,
            List<Fixed> fixed,
            Duration creation) {
        this(name, gvk, externalName, forProvider, fixed, creation, Json.Obj.EMPTY);
    }

    /**
     * A field that cannot change once it is set.
     *
     * @param setting what it is called in a size
     * @param path where it is in {@code forProvider}, with dots between the keys
     * @param absence what it means that the size or the cluster does not have it
     */
    public record Fixed(String setting, String path, Absence absence) {
        /** One that the size always has, or that the cloud or the configuration of its provider chooses. */
        public Fixed(String setting, String path) {
            this(setting, path, new Absence.Chosen());
        }

        /** One that has the same name in both. */
        public static Fixed of(String name) {
            return new Fixed(name, name);
        }

        /**
         * One that the provider never fills in, because the size always has what it is in. Upjet's late initialization skips whatever
         * is set, with everything in it, and values that are false.
         */
        public static Fixed orNone(String setting, String path) {
            return new Fixed(setting, path, new Absence.None());
        }

        /** One that is always the same where a size does not name it. */
        public static Fixed orDefault(String setting, String path, String value) {
            return new Fixed(setting, path, new Absence.Default(value));
        }

        /** What it means that a field is absent. */
        public sealed interface Absence {
            /** The cloud or its provider has chosen it. It is in {@code status.atProvider} as soon as the provider knows it. */
            record Chosen() implements Absence {}

            /** There is none. The same holds for a field that is false. */
            record None() implements Absence {}

            /** It has this value. */
            record Default(String value) implements Absence {}
        }
    }
}

package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The labels and annotations on every composed resource, from which its component is rebuilt when the Environment no longer
 * requests it.
 *
 * @param environment the hash of the Environment's identity
 * @param component the component, which is also the composition-resource-name
 * @param owner the part of the Environment it belongs to
 * @param dependsOn its dependencies
 * @param alive the dependency that shows whether the cluster it lives in responds; empty for resources of the host cluster
 */
public record Tracking(String environment, String component, String owner, String dependsOn, String alive) {
    public static final String PREFIX = "environment.fn.crossplane.io/";
    public static final String ENVIRONMENT = PREFIX + "environment";
    public static final String COMPONENT = PREFIX + "component";
    public static final String OWNER = PREFIX + "owner";
    public static final String DEPENDS_ON = PREFIX + "depends-on";
    public static final String ALIVE = PREFIX + "alive";

    /** Empty if the resource does not carry the labels. */
    public static Optional<Tracking> of(ObservedResource observed) {
        return observed.label(ENVIRONMENT)
                .flatMap(environment -> observed.label(COMPONENT)
                        .map(component -> new Tracking(
                                environment,
                                component,
                                observed.label(OWNER).orElse(""),
                                observed.annotation(DEPENDS_ON).orElse(""),
                                observed.annotation(ALIVE).orElse(""))));
    }

    /**
     * The metadata: these labels, and these annotations beside others.
     *
     * @param observed what exists of the resource
     * @param finalizer that its provider adds
     * @param deletes whether its provider has to delete something with it. Then a finalizer must not be there before the provider
     *     has reached what it stands for: a provider that never does would never remove the finalizer
     */
    Json.Obj metadata(
            Optional<ObservedResource> observed, String finalizer, boolean deletes, Json.Field... annotations) {
        var there = observed.map(seen -> seen.hasFinalizer(finalizer)).orElse(!deletes);
        return there
                ? Merge.over(metadata(annotations), obj(field("finalizers", Json.texts(List.of(finalizer)))))
                : metadata(annotations);
    }

    Json.Obj metadata(Json.Field... annotations) {
        var all = obj(Stream.concat(
                        Stream.of(annotations),
                        Stream.of(text(DEPENDS_ON, nonEmpty(dependsOn)), text(ALIVE, nonEmpty(alive))))
                .toArray(Json.Field[]::new));
        return obj(
                field("labels", obj(field(ENVIRONMENT, environment), field(COMPONENT, component), field(OWNER, owner))),
                field("annotations", Optional.of(all).filter(some -> !some.isEmpty())));
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }
}

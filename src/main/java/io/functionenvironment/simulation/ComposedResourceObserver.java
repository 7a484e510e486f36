package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineRequest.ObservedResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the resources that a composite refers to in {@code spec.crossplane.resourceRefs}, as Crossplane 2.3.4 does. */
record ComposedResourceObserver(Cluster host) {

    /**
     * The observed resources by their annotated name. One that somebody else controls counts as absent; one that nobody
     * controls is observed.
     *
     * @throws ApiError if one lacks the annotation, which fails the composition
     */
    Map<String, ObservedResource> observe(Json.Obj composite) {
        var uid = composite.text("metadata", "uid");
        var observed = new LinkedHashMap<String, ObservedResource>();
        Ref.composed(composite).stream()
                .flatMap(ref -> host.get(ref).stream())
                .filter(object -> ComposedResource.controllerUid(object)
                        .filter(controller -> !uid.equals(Optional.of(controller)))
                        .isEmpty())
                .forEach(object ->
                        observed.put(name(object), new ObservedResource(object, ConnectionSecrets.read(host, object))));
        return observed;
    }

    private static String name(Json.Obj object) {
        return object.text("metadata", "annotations", ComposedResource.NAME_ANNOTATION)
                .orElseThrow(() -> new ApiError("cannot get existing composed resources: encountered composed resource"
                        + " without required \"" + ComposedResource.NAME_ANNOTATION + "\" annotation"));
    }
}

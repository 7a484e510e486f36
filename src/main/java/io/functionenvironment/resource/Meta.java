package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import java.util.Arrays;
import java.util.Optional;

/**
 * What we write of ourselves on everything we compose, so that it can be found and understood later: by an operator, and
 * by us when nobody asks for it any more.
 *
 * @param environment the hash of the Environment's identity
 * @param component the component it is; also its composition-resource-name
 * @param needs what it needs, in the words of {@code Need}
 */
public record Meta(String environment, String component, String needs) {
    public static final String ENVIRONMENT = "environment.fn.crossplane.io/environment";
    public static final String COMPONENT = "environment.fn.crossplane.io/component";
    public static final String NEEDS = "environment.fn.crossplane.io/needs";

    /** Ours, if it carries our labels. */
    public static Optional<Meta> of(ObservedResource observed) {
        return observed.label(ENVIRONMENT)
                .flatMap(environment -> observed.label(COMPONENT)
                        .map(component -> new Meta(
                                environment,
                                component,
                                observed.annotation(NEEDS).orElse(""))));
    }

    /**
     * The labels and annotations.
     *
     * @param annotations besides ours
     */
    Json.Obj tree(Json.Field... annotations) {
        var all = Arrays.copyOf(annotations, annotations.length + 1);
        all[annotations.length] = text(NEEDS, Optional.of(needs).filter(some -> !some.isEmpty()));
        var ours = obj(all);
        return obj(
                field("labels", obj(field(ENVIRONMENT, environment), field(COMPONENT, component))),
                field("annotations", Optional.of(ours).filter(tree -> !tree.isEmpty())));
    }
}

package io.functionenvironment.resource;

import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
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
     * @param annotations besides ours, as alternating keys and values
     */
    Json.Obj tree(Object... annotations) {
        var all = new Object[annotations.length + 2];
        System.arraycopy(annotations, 0, all, 0, annotations.length);
        all[annotations.length] = NEEDS;
        all[annotations.length + 1] = Optional.of(needs).filter(text -> !text.isEmpty());
        var ours = obj(all);
        return obj(
                "labels",
                obj(ENVIRONMENT, environment, COMPONENT, component),
                "annotations",
                Optional.of(ours).filter(tree -> !tree.isEmpty()));
    }
}

package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A field of a resource, in the syntax of Crossplane's patches: {@code status.endpoints[0].host}, {@code spec.tags[a.b/c]}. */
public record FieldPath(String text) {
    /** Below spec or status: the rest of a resource belongs to Kubernetes. */
    static final Pattern FORM =
            Pattern.compile("(?=.{1,256}$)(spec|status)(\\.[-_a-zA-Z0-9]+|\\[[-_./a-zA-Z0-9]+\\])+");

    static final String ALLOWED = "a field below spec or status, like status.host or status.endpoints[0].host";
    private static final Pattern STEP = Pattern.compile("\\[([^]]+)\\]|\\.?([^.\\[]+)");
    private static final int LONGEST_INDEX = 6;

    /** The value of the field; empty if it is missing or null. */
    public Optional<Json> in(Json resource) {
        Optional<Json> here = Optional.of(resource);
        for (var step : steps()) {
            here = here.flatMap(json -> switch (json) {
                case Json.Obj object -> object.at(step);
                case Json.Arr(var items) -> item(items, step);
                case Json.Text ignored -> Optional.empty();
                case Json.Num ignored -> Optional.empty();
                case Json.Bool ignored -> Optional.empty();
                case Json.Null ignored -> Optional.empty();
            });
        }
        return here.filter(json -> !(json instanceof Json.Null));
    }

    private static Optional<Json> item(List<Json> items, String step) {
        return step.matches("[0-9]+") && step.length() <= LONGEST_INDEX
                ? items.stream().skip(Integer.parseInt(step)).findFirst()
                : Optional.empty();
    }

    private List<String> steps() {
        var steps = new ArrayList<String>();
        STEP.matcher(text).results().forEach(found -> {
            var bracket = found.group(1);
            steps.add(bracket == null ? found.group(2) : bracket);
        });
        return List.copyOf(steps);
    }

    @Override
    public String toString() {
        return text;
    }
}

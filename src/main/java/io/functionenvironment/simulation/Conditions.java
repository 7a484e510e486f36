package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.number;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.PipelineResponse.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;

/** The {@code status.conditions} of an object. */
final class Conditions {
    private Conditions() {}

    static Optional<Json> get(Json object, String type) {
        return object.items("status", "conditions").stream()
                .filter(condition -> condition.text("type").filter(type::equals).isPresent())
                .findFirst();
    }

    static boolean isTrue(Json object, String type) {
        return get(object, type)
                .flatMap(condition -> condition.text("status"))
                .filter("True"::equals)
                .isPresent();
    }

    /** An unchanged condition keeps its lastTransitionTime. */
    static Json.Obj with(Json.Obj object, Condition condition, Optional<Double> generation, Instant now) {
        var old = get(object, condition.type());
        var updated = obj(
                field("type", condition.type()),
                field("status", condition.status()),
                field("reason", condition.reason()),
                text("message", Optional.of(condition.message()).filter(text -> !text.isEmpty())),
                number("observedGeneration", generation));
        if (old.filter(json -> json instanceof Json.Obj was
                        && JsonEdit.remove(was, "lastTransitionTime").equals(updated))
                .isPresent()) {
            return object;
        }
        var all = new ArrayList<>(object.items("status", "conditions"));
        old.ifPresent(all::remove);
        all.add(JsonEdit.set(updated, now.truncatedTo(ChronoUnit.SECONDS).toString(), "lastTransitionTime"));
        all.sort(Comparator.comparing(each -> each.text("type").orElse("")));
        return JsonEdit.set(object, all, "status", "conditions");
    }
}

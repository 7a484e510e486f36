package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.number;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

/** Conditions in an object's status, each with the time since when it says what it says. */
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

    static Json.Obj with(Json.Obj object, Answer.Condition said, Optional<Double> generation, Instant now) {
        var old = get(object, said.type());
        var fresh = obj(
                field("type", said.type()),
                field("status", said.status()),
                field("reason", said.reason()),
                text("message", Optional.of(said.message()).filter(text -> !text.isEmpty())),
                number("observedGeneration", generation));
        if (old.filter(tree -> tree instanceof Json.Obj was
                        && JsonEdit.remove(was, "lastTransitionTime").equals(fresh))
                .isPresent()) {
            return object;
        }
        var all = new ArrayList<>(object.items("status", "conditions"));
        old.ifPresent(all::remove);
        all.add(JsonEdit.set(fresh, now.truncatedTo(ChronoUnit.SECONDS).toString(), "lastTransitionTime"));
        all.sort(java.util.Comparator.comparing(
                condition -> condition.text("type").orElse("")));
        return JsonEdit.set(object, all, "status", "conditions");
    }
}

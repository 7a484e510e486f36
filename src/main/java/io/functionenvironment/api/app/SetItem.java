package io.functionenvironment.api.app;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * An item of {@code set}. provider-helm joins name and value with {@code =} and passes them to Helm.
 *
 * @param value empty if it comes from a Secret or a ConfigMap
 */
public record SetItem(String name, Optional<String> value) {
    public static SetItem of(Json json) {
        return new SetItem(json.text("name").orElse(""), json.text("value"));
    }

    public static List<SetItem> of(List<Json> items) {
        return items.stream().map(SetItem::of).toList();
    }

    /** Whether its value is written here. */
    public boolean literal() {
        return value.isPresent();
    }

    /** The values that it sets; empty if this is not known. */
    public Optional<List<Assignment>> assignments() {
        return value.flatMap(text -> Strvals.parse(name + "=" + text));
    }

    /** Where it sets values, as far as name and value show it; empty if this is not known. */
    public Optional<List<ValuePath>> paths() {
        return assignments()
                .or(() -> value.filter(text -> text.contains(",") || text.contains("{"))
                                .isPresent()
                        ? Optional.empty()
                        : Strvals.parse(name + "=0"))
                .map(some -> some.stream().map(Assignment::path).toList());
    }

    /** Items that set one value each, and together the same as this one; only this one if there are none. */
    public List<SetItem> split() {
        return value.flatMap(text -> Strvals.parts(name + "=" + text))
                .map(parts -> parts.stream().map(Strvals.Part::text).toList())
                // provider-helm refuses an empty value.
                .filter(parts -> parts.size() > 1
                        && parts.stream().noneMatch(part -> part.value().isEmpty()))
                .map(parts -> parts.stream()
                        .map(part -> new SetItem(part.name(), Optional.of(part.value())))
                        .toList())
                .orElseGet(() -> List.of(this));
    }

    /** Why it has no values over others, for an error. */
    public String problem() {
        return assignments().isPresent()
                ? "leads through a value that is not an object or a list, which Helm refuses"
                : "cannot be read exactly";
    }

    /** The values with those that it sets; empty if this is not known. */
    public Optional<Json.Obj> over(Json.Obj values) {
        return assignments().flatMap(assignments -> {
            var result = Optional.of(values);
            for (var assignment : assignments) {
                result = result.flatMap(assignment::over);
            }
            return result;
        });
    }

    /** The item that sets one value; empty if none does exactly. */
    static Optional<SetItem> exactly(ValuePath path, Json value) {
        return Strvals.write(path, value).map(line -> new SetItem(line.name(), Optional.of(line.value())));
    }

    /** The item as it is in {@code set}, if it is literal. */
    public Json.Obj json() {
        return obj(field("name", name), Json.text("value", value));
    }
}

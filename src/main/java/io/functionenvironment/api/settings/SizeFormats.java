package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the size of each kind of cluster is read.
 *
 * @param byType by the field below a size, which is the kind's type. A reader reports errors and returns a size in any case
 */
public record SizeFormats(Map<String, SizeReader> byType) {
    /** Reads the size of one kind of cluster. */
    public interface SizeReader {
        /**
         * The size at a field. It reports errors and returns a size in any case, which is used only without errors.
         *
         * @param explicit what the platform set itself of this size
         */
        Size read(FieldReader at, Json.Obj explicit);
    }

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");

    Map<String, Size> sizes(FieldReader at, Json.Obj explicit) {
        var sizes = new LinkedHashMap<String, Size>();
        if (!at.present() || at.value().equals(Json.Obj.EMPTY)) {
            at.error("has no size; must have at least one, because every Environment needs one");
        }
        at.entries().forEach((name, size) -> {
            if (!NAME.matcher(name).matches()) {
                at.error("has the key " + Redaction.of(name)
                        + "; must have keys of 1 to 32 lower case letters, digits and '-', not beginning or"
                        + " ending with '-'");
            }
            read(size, explicit.object(name)).ifPresent(read -> sizes.put(name, read));
        });
        return Map.copyOf(sizes);
    }

    private Optional<Size> read(FieldReader at, Json.Obj explicit) {
        at.only(byType.keySet());
        var types = byType.keySet().stream()
                .filter(type -> at.field(type).present())
                .sorted()
                .toList();
        if (types.size() == 1 && byType.get(types.getFirst()) instanceof SizeReader reader) {
            var type = types.getFirst();
            return Optional.of(reader.read(at.field(type), explicit.object(type)));
        }
        at.error(
                types.isEmpty()
                        ? "has no kind of cluster; must have "
                                + String.join(
                                        " or ",
                                        byType.keySet().stream().sorted().toList())
                        : "has " + String.join(" and ", types) + "; must have exactly one kind of cluster");
        return Optional.empty();
    }
}

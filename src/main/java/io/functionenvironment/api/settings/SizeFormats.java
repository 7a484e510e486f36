package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the size of each kind of cluster is read.
 *
 * @param byType by the field below a size, which is the kind's type. A reader reports errors and returns a size in any case
 */
public record SizeFormats(Map<String, Function<FieldReader, ? extends Size>> byType) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");

    Map<String, Size> sizes(FieldReader at) {
        var sizes = new LinkedHashMap<String, Size>();
        at.entries().forEach((name, size) -> {
            if (!NAME.matcher(name).matches()) {
                at.error("has the name " + Redaction.of(name)
                        + ", must have 1 to 32 lower case letters, digits and '-'");
            } else {
                read(size, sizes, name);
            }
        });
        return Map.copyOf(sizes);
    }

    private void read(FieldReader at, Map<String, Size> sizes, String name) {
        at.only(byType.keySet());
        var types = byType.keySet().stream()
                .filter(type -> at.field(type).present())
                .sorted()
                .toList();
        if (types.size() == 1 && byType.get(types.getFirst()) instanceof Function<FieldReader, ? extends Size> reader) {
            sizes.put(name, reader.apply(at.field(types.getFirst())));
        } else if (types.isEmpty()) {
            at.error("must have the kind of cluster: "
                    + String.join(" or ", byType.keySet().stream().sorted().toList()));
        } else {
            at.error("has " + String.join(" and ", types) + ", must have one kind of cluster");
        }
    }
}

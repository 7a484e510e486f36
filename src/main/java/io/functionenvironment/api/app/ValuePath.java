package io.functionenvironment.api.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way to a value in Helm values: the keys from the outermost object to it. */
public record ValuePath(List<String> keys) {

    /**
     * Reads keys separated by dots. A backslash makes the dot or backslash behind it part of a key.
     *
     * @return empty if a key is empty, or has a bracket as only an index has one
     */
    static Optional<ValuePath> parse(String text) {
        var keys = new ArrayList<String>();
        var key = new StringBuilder();
        for (var at = 0; at < text.length(); at++) {
            var here = text.charAt(at);
            if (here == '\\' && at + 1 < text.length() && ".\\".indexOf(text.charAt(at + 1)) >= 0) {
                at++;
                key.append(text.charAt(at));
            } else if (here == '.') {
                keys.add(key.toString());
                key.setLength(0);
            } else {
                key.append(here);
            }
        }
        keys.add(key.toString());
        return Optional.of(new ValuePath(List.copyOf(keys)))
                .filter(path -> path.keys.stream().noneMatch(some -> some.isEmpty() || some.contains("[")));
    }

    public ValuePath child(String key) {
        return new ValuePath(Stream.concat(keys.stream(), Stream.of(key)).toList());
    }

    /** Whether one of two values contains the other, or they are the same. */
    public boolean overlaps(ValuePath other) {
        return within(other) || other.within(this);
    }

    /** Whether it is another path or below it. */
    public boolean within(ValuePath other) {
        return keys.size() >= other.keys.size()
                && keys.subList(0, other.keys.size()).equals(other.keys);
    }

    @Override
    public String toString() {
        return keys.stream()
                .map(key -> key.replace("\\", "\\\\").replace(".", "\\."))
                .collect(Collectors.joining("."));
    }
}

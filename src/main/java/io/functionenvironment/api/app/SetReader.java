package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the items of {@code set}. */
final class SetReader {
    private static final Pattern PATH = Pattern.compile("(?s).{1,512}");
    private static final Pattern VALUE = Pattern.compile("(?s).{1,4096}");
    private static final int MAX_SET = 64;

    private SetReader() {}

    /** @param values those that the items are set over */
    static List<Json> read(FieldReader at, Json.Obj values) {
        var names = new HashSet<String>();
        var items = at.items(MAX_SET);
        items.forEach(item -> read(item, names));
        if (!items.isEmpty()) {
            refuse(items, new HelmSet(values));
        }
        return items.stream().map(FieldReader::value).toList();
    }

    private static void read(FieldReader item, Set<String> names) {
        item.only(Set.of("name", "value", "valueFrom"));
        var name = item.field("name")
                .required("the path of a value, like image.tag")
                .text(PATH, "the path of a value, like image.tag");
        if (name.isPresent() && !names.add(name.get())) {
            item.error("sets " + Redaction.of(name.get()) + " a second time; remove the duplicate");
        }
        item.field("value")
                .text(VALUE, "a string of 1 to 4096 characters; provider-helm rejects an empty one, use values");
        if (item.field("value").present() == item.field("valueFrom").present()) {
            item.error("must have exactly one of value and valueFrom");
        } else if (item.field("valueFrom").present()) {
            var from = item.field("valueFrom").only(Set.of("secretKeyRef", "configMapKeyRef"));
            ValuesFromReader.source(from);
            for (var kind : List.of("secretKeyRef", "configMapKeyRef")) {
                if (from.value().isTrue(kind, "optional")) {
                    from.field(kind)
                            .field("optional")
                            .error("is true; must be false: provider-helm rejects the empty value of a missing key;"
                                    + " use valuesFrom");
                }
            }
        }
    }

    /** Reports what Helm refuses, except of items that have another error. */
    private static void refuse(List<FieldReader> items, HelmSet set) {
        for (var at : items) {
            var item = SetItem.of(at.value());
            if (PATH.matcher(item.name()).matches()
                    && item.value().map(value -> VALUE.matcher(value).matches()).orElse(at.has("valueFrom"))) {
                set.add(item)
                        .ifPresent(refusal ->
                                at.field(refusal.inValue() ? "value" : "name").error(refusal.text()));
            }
        }
    }

    /** In a catalog entry, what comes from a Secret stands above the values of apps, so it has to be known where. */
    static void refuseUnreadable(FieldReader at, List<Json> set) {
        for (var i = 0; i < set.size(); i++) {
            var item = SetItem.of(set.get(i));
            if (!item.literal() && item.paths().isEmpty()) {
                at.items(MAX_SET)
                        .get(i)
                        .field("name")
                        .error(
                                "is " + Redaction.of(item.name())
                                        + ", which is not the path of a value; must be one like image.tag, because it stands above the values of apps");
            }
        }
    }
}

package io.functionenvironment.api.app;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code valuesFrom}: references to Secrets and ConfigMaps, and in apps of teams fields of other resources. */
final class ValuesFromReader {
    private static final String RESOURCE = "resource";
    private static final List<String> REFERENCES = List.of("secretKeyRef", "configMapKeyRef");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Pattern API_VERSION = Pattern.compile(
            "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+/v[0-9][a-z0-9]*");
    private static final String API_VERSION_ALLOWED =
            "the group and version of a composite resource, like example.org/v1alpha1";
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
    private static final String KIND_ALLOWED = "the kind of a composite resource, like Database";
    private static final String KEYS = "([^\\[\\]=,{}\\\\.]|\\\\[\\\\.])+";
    private static final Pattern PLACE = Pattern.compile("(?s)(?=.{1,512}$)" + KEYS + "(\\." + KEYS + ")*");
    private static final String PLACE_ALLOWED = "keys separated by dots, like database.host";
    private static final int MAX_SOURCES = 16;

    private ValuesFromReader() {}

    /** All items, as they are. */
    static List<Json> items(FieldReader at, boolean team) {
        var items = at.items(MAX_SOURCES);
        items.forEach(item -> {
            item.only(team ? Set.of("secretKeyRef", "configMapKeyRef", RESOURCE) : Set.copyOf(REFERENCES));
            if (!team || !item.field(RESOURCE).present()) {
                source(item, team ? ", configMapKeyRef and resource" : " and configMapKeyRef");
            } else if (REFERENCES.stream().anyMatch(kind -> item.field(kind).present())) {
                item.error("must have exactly one of secretKeyRef, configMapKeyRef and resource");
            }
        });
        return items.stream().map(FieldReader::value).toList();
    }

    /** A reference to a key of a Secret or a ConfigMap. */
    static void source(FieldReader at) {
        source(at, " and configMapKeyRef");
    }

    private static void source(FieldReader at, String others) {
        if (at.field("secretKeyRef").present() == at.field("configMapKeyRef").present()) {
            at.error("must have exactly one of secretKeyRef" + others);
        }
        for (var kind : REFERENCES) {
            if (at.field(kind).present()) {
                var ref = at.field(kind).only(Set.of("name", "key", "optional"));
                var allowed = AppReader.allowedName(kind.equals("secretKeyRef") ? "Secret" : "ConfigMap");
                ref.field("name").required(allowed).text(AppReader.OBJECT, allowed);
                ref.field("key").text(KEY, "a key of letters, digits, '-', '_' and '.'");
                ref.field("optional").bool();
            }
        }
    }

    /** The items that are fields of other resources. */
    static List<ResourceValue> resources(FieldReader at) {
        var places = new HashSet<ValuePath>();
        var values = new ArrayList<ResourceValue>();
        for (var item : at.items(MAX_SOURCES)) {
            if (item.field(RESOURCE).present()) {
                resource(item.field(RESOURCE)).ifPresent(value -> {
                    if (places.stream().anyMatch(value::isAt)) {
                        item.field(RESOURCE)
                                .field("toFieldPath")
                                .error("overlaps the place of an earlier item; remove one of the two");
                    }
                    places.add(value.to());
                    values.add(value);
                });
            }
        }
        return List.copyOf(values);
    }

    private static Optional<ResourceValue> resource(FieldReader at) {
        at.only(Set.of("apiVersion", "kind", "name", "fromFieldPath", "toFieldPath"));
        var apiVersion = at.field("apiVersion").required(API_VERSION_ALLOWED).text(API_VERSION, API_VERSION_ALLOWED);
        var kind = at.field("kind").required(KIND_ALLOWED).text(KIND, KIND_ALLOWED);
        var allowed = AppReader.allowedName("resource");
        var name = at.field("name").required(allowed).text(AppReader.OBJECT, allowed);
        var from = at.field("fromFieldPath").required(FieldPath.ALLOWED).text(FieldPath.FORM, FieldPath.ALLOWED);
        var to = at.field("toFieldPath").required(PLACE_ALLOWED).text(PLACE, PLACE_ALLOWED);
        var place = to.flatMap(ValuePath::parse);
        if (to.isPresent() && place.isEmpty()) {
            at.field("toFieldPath").error("is " + Redaction.of(to.get()) + "; must be " + PLACE_ALLOWED);
        }
        return Stream.of(apiVersion, kind, name, from).allMatch(Optional::isPresent)
                ? place.map(path -> new ResourceValue(
                        at.path(),
                        apiVersion.orElseThrow(),
                        kind.orElseThrow(),
                        name.orElseThrow(),
                        new FieldPath(from.orElseThrow()),
                        path))
                : Optional.empty();
    }
}

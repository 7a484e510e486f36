package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.api.app.App;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of an app in the order in which provider-helm reads them.
 *
 * @param entryFrom references of the catalog entry
 * @param base values of the catalog entry that stand between its references and those of the app. A Release has no place for
 *     them, so they need a ConfigMap; empty if there are none, or the app has no references
 * @param from references of the app
 * @param inline all other values that are not in {@code set}
 */
record AppValues(List<Json> entryFrom, Optional<Json.Obj> base, List<Json> from, Json.Obj inline, List<Json> set) {
    /** The key that provider-helm reads without being told one. */
    static final String KEY = "values.yaml";

    /** Those of an app without a catalog entry. */
    static AppValues of(App app) {
        return new AppValues(List.of(), Optional.empty(), app.references(), app.values(), app.set());
    }

    /**
     * Those of a Release.
     *
     * @param configMap the name of the ConfigMap with the base; not used if there is none
     */
    Values release(String configMap) {
        var reference = base.<Json>map(ignored ->
                obj(field("configMapKeyRef", obj(field("name", configMap), field("key", KEY)))));
        return new Values(
                inline,
                Stream.of(entryFrom.stream(), reference.stream(), from.stream())
                        .flatMap(references -> references)
                        .toList(),
                set);
    }
}

package io.functionenvironment.api.app;

import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;

/**
 * A value of an app that is a field of another resource in the namespace of the Environment.
 *
 * @param path of the item in the request, for errors that are found later
 * @param from the field of the resource
 * @param to its place in the values of the app
 */
public record ResourceValue(String path, String apiVersion, String kind, String name, FieldPath from, ValuePath to) {

    /** The API group of the resource. */
    public String group() {
        return apiVersion.substring(0, apiVersion.indexOf('/'));
    }

    public String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /** The resource, in words. */
    public String resource() {
        return kind + " " + name;
    }

    /** Whether it is written at a path, or changes what is there. */
    public boolean isAt(ValuePath other) {
        return to.overlaps(other);
    }

    /** The values with a value in its place, below those that are there. */
    Json.Obj below(Json.Obj values, Json value) {
        Json nested = value;
        for (var key : to.keys().reversed()) {
            nested = Json.obj(Json.field(key, nested));
        }
        return nested instanceof Json.Obj object ? Merge.values(object, values) : values;
    }
}

package io.functionenvironment.crossplane.observed;

import io.functionenvironment.json.Json;
import java.util.List;

/** The conditions of an object's status. */
public final class Conditions {
    private Conditions() {}

    public static List<Condition> of(Json object) {
        return object.items("status", "conditions").stream().map(Condition::new).toList();
    }
}

package io.functionenvironment.resource;

import io.functionenvironment.json.Json;
import java.util.List;

/**
 * The values of a Helm release. provider-helm lays {@code inline} over {@code from}, and {@code set} over both.
 *
 * @param from references to Secrets and ConfigMaps, and {@code set} single values, both passed on as they were written: only
 *     the provider reads what they name
 */
public record Values(Json.Obj inline, List<Json> from, List<Json> set) {
    public static Values of(Json.Obj inline) {
        return new Values(inline, List.of(), List.of());
    }
}

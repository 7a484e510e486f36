package io.functionenvironment.plan;

import io.functionenvironment.json.Json;
import io.functionenvironment.simulation.Ref;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of a control plane. Secrets are left out, wherever they come from.
 *
 * @param objects all others, each once
 * @param unread objects of which it is not known whether they exist, and why
 */
public record ObservedState(Map<Ref, Json.Obj> objects, Map<Ref, String> unread) {
    private static final String ENVIRONMENT_CONFIG = "EnvironmentConfig";

    /** Of several objects with one name, the last one counts. */
    public static ObservedState of(List<Json.Obj> objects) {
        var all = new LinkedHashMap<Ref, Json.Obj>();
        objects.stream().filter(object -> !isSecret(object)).forEach(object -> all.put(Ref.of(object), object));
        return new ObservedState(all, Map.of());
    }

    /** The same with more objects, and more that were not read. */
    ObservedState with(List<Json.Obj> more, Map<Ref, String> others) {
        var all = new LinkedHashMap<>(objects);
        all.putAll(of(more).objects);
        var missing = new LinkedHashMap<>(unread);
        missing.putAll(others);
        return new ObservedState(all, missing);
    }

    static boolean isSecret(Json object) {
        return Ref.of(object).apiVersion().equals("v1") && Ref.of(object).kind().equals("Secret");
    }

    Optional<Json.Obj> get(Ref ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /** The EnvironmentConfig of a name; empty if there is none. */
    Optional<Json.Obj> config(String name) {
        return objects.values().stream()
                .filter(object -> Ref.of(object).kind().equals(ENVIRONMENT_CONFIG))
                .filter(object -> Ref.of(object).name().equals(name))
                .findFirst();
    }

    /** What an Environment refers to, and what it owns. Crossplane no longer refers to some of what is being deleted. */
    List<Json.Obj> resources(Json.Obj environment) {
        var ref = Ref.of(environment);
        var uid = environment.text("metadata", "uid");
        var referred = Ref.composed(environment);
        return objects.values().stream()
                .filter(object -> !Ref.of(object).equals(ref))
                .filter(object -> Ref.of(object).namespace().equals(ref.namespace()))
                .filter(object -> referred.contains(Ref.of(object)) || isOwned(object, uid))
                .toList();
    }

    /** Resources that an Environment refers to, and that were not read. */
    List<Ref> missing(Json.Obj environment) {
        return Ref.composed(environment).stream()
                .filter(ref -> !objects.containsKey(ref))
                .toList();
    }

    private static boolean isOwned(Json object, Optional<String> uid) {
        return uid.isPresent()
                && object.items("metadata", "ownerReferences").stream()
                        .anyMatch(owner -> owner.text("uid").equals(uid));
    }
}

package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The order in which managed resources are restored: a cluster before what is in it, and before what only watches it. */
final class RestorationOrder {
    private enum Stage {
        NAMESPACES,
        RELEASES,
        OTHERS,
        GUEST_RELEASES,
        GUEST_OBJECTS,
        WATCHERS
    }

    private RestorationOrder() {}

    static List<Json.Obj> of(List<Json.Obj> resources) {
        return resources.stream()
                .sorted(Comparator.comparing(RestorationOrder::stage))
                .toList();
    }

    private static Stage stage(Json.Obj resource) {
        var guest = Restoration.isGuest(resource);
        return switch (Ref.of(resource).kind()) {
            case "Release" -> guest ? Stage.GUEST_RELEASES : Stage.RELEASES;
            case "Object" -> guest ? Stage.GUEST_OBJECTS : isNamespace(resource) ? Stage.NAMESPACES : Stage.WATCHERS;
            // What gives access to a cluster comes after the cluster.
            default -> isCluster(resource) ? Stage.RELEASES : Stage.OTHERS;
        };
    }

    private static boolean isNamespace(Json object) {
        return object.text("spec", "forProvider", "manifest", "kind").equals(Optional.of("Namespace"));
    }

    private static boolean isCluster(Json.Obj resource) {
        return CloudKinds.ALL.stream()
                .anyMatch(kind -> kind.cluster()
                        && kind.kind().equals(Ref.of(resource).kind())
                        && kind.apiVersion().equals(Ref.of(resource).apiVersion()));
    }
}

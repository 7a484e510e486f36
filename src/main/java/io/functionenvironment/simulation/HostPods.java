package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Optional;

/** Pods of a virtual cluster run in its host namespace, and go with its Service. */
record HostPods(Cluster host, Vclusters vclusters) {

    void sync(Cluster inside, Json.Obj pod) {
        service(inside).ifPresent(service -> host.apply("vcluster", Bodies.owned(synced(service, pod), service)));
    }

    void unsync(Cluster inside, Json.Obj pod) {
        service(inside).ifPresent(service -> host.delete(Ref.of(synced(service, pod))));
    }

    private Optional<Json.Obj> service(Cluster inside) {
        return host.list("StatefulSet").stream()
                .map(Ref::of)
                .filter(set -> vclusters
                        .inside(set.namespace(), set.name())
                        .filter(inside::equals)
                        .isPresent())
                .findFirst()
                .flatMap(set -> host.get(Vclusters.service(set.namespace(), set.name())));
    }

    private static Json.Obj synced(Json.Obj service, Json.Obj pod) {
        var where = Ref.of(service);
        var what = Ref.of(pod);
        var name = what.name() + "-x-" + what.namespace() + "-x-" + where.name();
        return JsonEdit.set(pod, Bodies.meta(where.namespace(), name), "metadata");
    }
}

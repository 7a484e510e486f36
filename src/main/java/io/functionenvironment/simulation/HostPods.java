package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.util.Optional;

/** Pods of a virtual cluster run in its host namespace, and go with its Service. */
record HostPods(Cluster host, Vclusters vclusters) {

    void sync(Cluster inside, Tree.Obj pod) {
        service(inside).ifPresent(service -> host.apply("vcluster", Bodies.owned(synced(service, pod), service)));
    }

    void unsync(Cluster inside, Tree.Obj pod) {
        service(inside).ifPresent(service -> host.delete(Ref.of(synced(service, pod))));
    }

    private Optional<Tree.Obj> service(Cluster inside) {
        return host.list("StatefulSet").stream()
                .map(Ref::of)
                .filter(set -> vclusters
                        .inside(set.namespace(), set.name())
                        .filter(inside::equals)
                        .isPresent())
                .findFirst()
                .flatMap(set -> host.get(Vclusters.service(set.namespace(), set.name())));
    }

    private static Tree.Obj synced(Tree.Obj service, Tree.Obj pod) {
        var where = Ref.of(service);
        var what = Ref.of(pod);
        var name = what.name() + "-x-" + what.namespace() + "-x-" + where.name();
        return Edit.set(pod, Bodies.meta(where.namespace(), name), "metadata");
    }
}

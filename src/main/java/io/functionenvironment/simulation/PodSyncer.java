package io.functionenvironment.simulation;

import io.functionenvironment.json.Json;
import java.util.Optional;

/** vcluster's syncer: the pods of a virtual cluster run in its host namespace, owned by its Service. */
record PodSyncer(Hosts hosts) {

    void sync(Cluster virtual, Json.Obj pod) {
        hosts.all()
                .forEach(vclusters -> service(vclusters, virtual)
                        .ifPresent(service ->
                                vclusters.host().apply("vcluster", Manifests.ownedBy(service, hostPod(service, pod)))));
    }

    void unsync(Cluster virtual, Json.Obj pod) {
        hosts.all()
                .forEach(vclusters -> service(vclusters, virtual)
                        .ifPresent(service -> vclusters.host().delete(Ref.of(hostPod(service, pod)))));
    }

    private static Optional<Json.Obj> service(Vclusters vclusters, Cluster virtual) {
        var host = vclusters.host();
        return new ControlPlanes(host)
                .all()
                .map(Ref::of)
                .filter(set -> vclusters
                        .contents(set.namespace(), set.name())
                        .filter(virtual::equals)
                        .isPresent())
                .findFirst()
                .flatMap(set -> host.get(Vclusters.service(set.namespace(), set.name())));
    }

    private static Json.Obj hostPod(Json.Obj service, Json.Obj pod) {
        var hostService = Ref.of(service);
        var virtualPod = Ref.of(pod);
        var name = virtualPod.name() + "-x-" + virtualPod.namespace() + "-x-" + hostService.name();
        return JsonEdit.set(pod, Manifests.metadata(hostService.namespace(), name), "metadata");
    }
}

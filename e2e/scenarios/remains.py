"""What may be left of a deleted Environment: in its namespace, in its host namespace and in the whole cluster."""
import json
import time

from scenarios import names
from scenarios.commands import items
from scenarios.expect import eventually, note, within
from scenarios.volumes import is_volume_of
from scenarios.watch import Watched

# Seconds after which all but the Object of the host namespace is gone, and after which that is: its own time and a minute, see
# Environment.delete.
ALL_BUT_NAMESPACE_OBJECT, NAMESPACE_OBJECT = 30, 90

CLUSTER_WIDE = ("namespaces,clusterroles,clusterrolebindings,crds,priorityclasses,ingressclasses,persistentvolumes,"
                "validatingwebhookconfigurations,mutatingwebhookconfigurations,clusterproviderconfigs.helm.m.crossplane.io,"
                "clusterusages.protection.crossplane.io")
NAMED = ",".join(["providerconfigusages.helm.m.crossplane.io", "providerconfigusages.kubernetes.m.crossplane.io",
                  "secrets", "configmaps", "roles", "rolebindings"])
BUSY = []  # with the time of the deletion: those of which only a Release is left that Helm was working on


class Remains:
    def __init__(self, environment, helm_busy_with=None, foreground=False, keeps_host_namespace=False):
        components = environment.components()
        self.environment, self.host, self.keeps_host_namespace = environment, environment.host, keeps_host_namespace
        self.hash = self.host.rsplit("-", 1)[-1]
        self.uids = {environment.uid, *(one["metadata"]["uid"] for one in components.values())}
        self.namespace_object = {components[names.NAMESPACE]["metadata"]["uid"]} if names.NAMESPACE in components else set()
        self.itself = {environment.uid} if foreground else set()
        # Found by external name: a Release that the function no longer desires is not a component any more.
        self.busy = set() if helm_busy_with is None else {
            one["metadata"]["uid"] for one in Watched.of(names.RELEASES).all(environment.namespace)
            if self.is_ours(one) and one["metadata"]["annotations"].get(names.EXTERNAL_NAME) == helm_busy_with}
        assert len(self.busy) == (helm_busy_with is not None), f"{len(self.busy)} Releases that Helm is working on"

    def left(self, namespace_object=False, busy=False):
        """What is left; the Object of the host namespace and what Helm is busy with count only if asked for."""
        excused = (set() if namespace_object else self.namespace_object) | (set() if busy else self.busy)
        waiting = set() if namespace_object else self.itself
        found = [one for kind in [self.environment.kind, *names.COMPOSED_KINDS]
                 for one in Watched.of(kind).all(self.environment.namespace)
                 if self.is_ours(one) and one["metadata"]["uid"] not in waiting and not self.is_excused(one, excused)]
        if not [one for one in found if one["metadata"]["uid"] not in self.namespace_object | self.itself]:
            found += [one for one in items(NAMED, self.environment.namespace) if self.is_ours(one)
                      and not self.is_excused(one, excused)]
            found += [one for one in items(CLUSTER_WIDE, None) if not self.is_kept(one) and (
                self.host in json.dumps(one["metadata"]) or is_volume_of(one, self.host))]
            if not self.keeps_host_namespace:
                found += items("persistentvolumeclaims,secrets,pods", self.host)
        return [f"{one['kind']}/{one['metadata']['name']}" for one in found]

    def is_kept(self, one):
        return self.keeps_host_namespace and one["kind"] == "Namespace" and one["metadata"]["name"] == self.host

    def is_excused(self, one, excused):
        """Whether it is one of the excused, belongs to one, or is what a Release among them needs: its ProviderConfig."""
        metadata = one["metadata"]
        return (metadata["uid"] in excused or any(owner["uid"] in excused for owner in metadata.get("ownerReferences", []))
                or (one["kind"] == "ProviderConfig" and bool(excused & self.busy)))

    def is_ours(self, one):
        metadata = one["metadata"]
        return (metadata["uid"] in self.uids or metadata.get("labels", {}).get(names.ENVIRONMENT_LABEL) == self.hash
                or self.hash in metadata["name"]
                or any(owner["uid"] in self.uids for owner in metadata.get("ownerReferences", [])))

    def wait_gone(self, start, drain=0):
        eventually(f"nothing is left of {self.environment} except the Object of its host namespace",
                   ALL_BUT_NAMESPACE_OBJECT + drain, lambda: not self.left(), self.left)
        note(f"{time.monotonic() - start:.0f} s until only the Object of its host namespace was left")
        seconds = NAMESPACE_OBJECT + drain
        eventually("that Object is gone too", seconds - (time.monotonic() - start), lambda: not self.left(True),
                   lambda: self.left(True))
        within("nothing left after", time.monotonic() - start, seconds)
        if self.left(True, True):
            note("except a Release that Helm was working on")
            BUSY.append((self, start))

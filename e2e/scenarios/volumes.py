"""Volumes for clusters without a default storage class: one for each claim that waits, as a provisioner would make it."""
import shutil
import threading
import time

from scenarios.commands import CommandFailed, apply, items, kubectl
from scenarios.watch import Watched

FOLDER = "/tmp/e2e-volumes"
LABEL = "e2e/volume"


def provision():
    """Makes and removes volumes in the background, if the cluster does not."""
    classes = items("storageclasses", None)
    default = "storageclass.kubernetes.io/is-default-class"
    if any(one["metadata"].get("annotations", {}).get(default) == "true" for one in classes):
        return
    claims, volumes = Watched.of("persistentvolumeclaims"), Watched.of("persistentvolumes")
    threading.Thread(target=maintain, args=(claims, volumes), daemon=True).start()


def maintain(claims, volumes):
    while True:
        present = {one["metadata"]["name"] for one in volumes.all()}
        by_uid = {one["metadata"]["uid"]: one for one in claims.all()}
        for uid, claim in by_uid.items():
            waits = claim["status"].get("phase") == "Pending" and not claim["spec"].get("storageClassName")
            if waits and name_of(uid) not in present:
                try:
                    make(claim)
                except CommandFailed:  # tried again
                    continue
        for volume in volumes.all():
            if LABEL in volume["metadata"].get("labels", {}) and is_unused(volume, by_uid):
                remove(volume["metadata"]["name"])
        time.sleep(0.5)


def is_unused(volume, claims):
    """
    Whether its claim is gone, or is bound to another volume: a cluster may have free volumes of its own, and the claim may be
    bound to one of these while ours is made. Kubernetes then leaves ours as it is.
    """
    phase, name = volume["status"].get("phase"), volume["metadata"]["name"]
    claim = claims.get(name.removeprefix(name_of("")))
    bound_to_another = claim is not None and claim["spec"].get("volumeName") not in (None, "", name)
    return phase in ("Released", "Failed") or (phase != "Bound" and (claim is None or bound_to_another))


def name_of(uid):
    return f"e2e-{uid}"


def make(claim):
    metadata = claim["metadata"]
    name = name_of(metadata["uid"])
    apply({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name, "labels": {LABEL: "true"}},
           "spec": {"capacity": {"storage": claim["spec"]["resources"]["requests"]["storage"]},
                    "accessModes": claim["spec"]["accessModes"], "persistentVolumeReclaimPolicy": "Retain",
                    "claimRef": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": metadata["name"],
                                 "namespace": metadata["namespace"], "uid": metadata["uid"]},
                    "hostPath": {"path": f"{FOLDER}/{name}", "type": "DirectoryOrCreate"}}})


def remove(name):
    kubectl("delete", "persistentvolume", name, "--wait=false", "--ignore-not-found", may_fail=True)
    shutil.rmtree(f"{FOLDER}/{name}", ignore_errors=True)  # if the node is this machine


def is_volume_of(one, namespace):
    """Whether a volume was made for a claim in this namespace, or in one whose name starts so; not one that existed before."""
    made = ("pv.kubernetes.io/provisioned-by" in one["metadata"].get("annotations", {})
            or LABEL in one["metadata"].get("labels", {}))
    return made and one.get("spec", {}).get("claimRef", {}).get("namespace", "").startswith(namespace)

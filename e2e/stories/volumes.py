"""Where the cluster makes no volumes by itself, they are made here, as a provisioner would: one for each claim that waits."""
import shutil
import threading
import time

from stories.cluster import Watched
from stories.walk import Failed, apply, items, kubectl

PLACE = "/tmp/e2e-volumes"
MADE = "e2e/volume"


def provision():
    classes = items("storageclasses", None)
    if any(one["metadata"].get("annotations", {}).get("storageclass.kubernetes.io/is-default-class") == "true" for one in classes):
        return
    claims, volumes = Watched.of("persistentvolumeclaims"), Watched.of("persistentvolumes")
    threading.Thread(target=keep, args=(claims, volumes), daemon=True).start()


def keep(claims, volumes):
    while True:
        there = {one["metadata"]["name"] for one in volumes.all()}
        for claim in claims.all():
            name = f"e2e-{claim['metadata']['uid']}"
            if claim["status"].get("phase") == "Pending" and not claim["spec"].get("storageClassName") and name not in there:
                try:
                    make(name, claim)
                except Failed:  # it is tried again
                    continue
        for volume in volumes.all():
            if volume["status"].get("phase") in ("Released", "Failed") and MADE in volume["metadata"].get("labels", {}):
                drop(volume["metadata"]["name"])
        time.sleep(0.5)


def make(name, claim):
    apply({"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name, "labels": {MADE: "true"}},
           "spec": {"capacity": {"storage": claim["spec"]["resources"]["requests"]["storage"]},
                    "accessModes": claim["spec"]["accessModes"], "persistentVolumeReclaimPolicy": "Retain",
                    "claimRef": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": claim["metadata"]["name"],
                                 "namespace": claim["metadata"]["namespace"], "uid": claim["metadata"]["uid"]},
                    "hostPath": {"path": f"{PLACE}/{name}", "type": "DirectoryOrCreate"}}})


def drop(name):
    kubectl("delete", "persistentvolume", name, "--wait=false", "--ignore-not-found", may_fail=True)
    shutil.rmtree(f"{PLACE}/{name}", ignore_errors=True)  # where the node is this machine

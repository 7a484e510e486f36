"""What a team does with an Environment that works."""
import json

from stories import charts
from stories.beginning import DEV, ready
from stories.charts import parts
from stories.environments import PODINFO, inside
from stories.walk import eventually, get, holds, kubectl, note, story


@story("An app that is added comes up beside the first", after=ready)
def added(_):
    DEV.ask(PODINFO, parts(pods=1)).comes(90, "podinfo", "parts")
    note(f"ready after {DEV.came() - DEV.moment:.1f} s, {DEV.cost()}")
    with inside(DEV) as cluster:
        eventually("its pod runs", 60, lambda: cluster.runs("parts"))


@story("An app's version that changes is installed over the one before", after=added)
def versioned(_):
    DEV.ask(PODINFO, parts(pods=1) | {"chart": {"version": charts.SECOND}}).comes(90, "podinfo", "parts")
    with inside(DEV) as cluster:
        holds("the new version is there", cluster.get("configmap", "parts", "parts")["data"]["version"] == charts.SECOND)
    holds("the status tells", {"parts": charts.SECOND}.items() <= {
        app["name"]: app["version"] for app in DEV.status["apps"]}.items())
    note(f"ready after {DEV.came() - DEV.moment:.1f} s, {DEV.cost()}")


@story("An app that is removed is uninstalled, and nothing is left of it inside", after=added)
def removed(_):
    DEV.ask(PODINFO)
    eventually("its Release is gone", 90, lambda: "app-parts" not in DEV.parts() and not DEV.status.get("leaving"))
    with inside(DEV) as cluster:
        holds("nothing of it is left inside", not cluster.names("deployments,services,secrets,configmaps,replicasets", "parts")
              or cluster.names("deployments,services,secrets,configmaps,replicasets", "parts") == ["configmap/kube-root-ca.crt"])
        holds("the other app is", cluster.runs("podinfo"))
    DEV.comes(60, "podinfo")
    note(DEV.cost())


@story("A size that changes changes the quota, and the cluster goes on", after=ready)
def resized(_):
    def quota():
        return get("resourcequota", "vc-dev", DEV.host)["spec"]["hard"]["count/pods"]
    before = int(quota())
    DEV.ask(PODINFO, size="medium")
    eventually("the quota follows", 60, lambda: int(quota()) > before)
    DEV.comes(180, "podinfo")
    holds("the status tells", kubernetes(DEV) == "1.35")
    note(f"ready after {DEV.came() - DEV.moment:.1f} s, {DEV.cost()}")


@story("A cluster's Kubernetes goes up by one minor version, and its app goes on", after=resized)
def raised(_):
    with inside(DEV) as cluster:
        before = cluster.get("deployment", "podinfo", "podinfo")["metadata"]["uid"]
    DEV.ask(PODINFO, size="medium", kubernetesVersion="1.36").comes(240, "podinfo")
    holds("the status tells", kubernetes(DEV) == "1.36")
    images = [one["image"] for one in get("statefulset", "dev", DEV.host)["spec"]["template"]["spec"].get("initContainers", [])]
    holds(f"the control plane is of it: {images}", any("v1.36" in image for image in images))
    with inside(DEV) as cluster:
        eventually("the app is the same", 60, lambda: cluster.runs("podinfo") and cluster.get(
            "deployment", "podinfo", "podinfo")["metadata"]["uid"] == before)


@story("A Kubernetes version cannot be gone back to: the API server says so", after=raised)
def lowered(_):
    answer = kubectl("apply", "--filename", "-", may_fail=True,
                     given=json.dumps(DEV.body(PODINFO, size="medium", kubernetesVersion="1.35")))
    holds(f"it is refused: {answer.stderr}", answer.returncode and "cannot go back" in answer.stderr)


def kubernetes(environment):
    return environment.status["cluster"]["kubernetesVersion"]

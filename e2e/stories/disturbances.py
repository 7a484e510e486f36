"""What real clusters do to an Environment, and to those who work for it. Whoever else runs goes on."""
import threading
import time

from stories.beginning import DEV, called
from stories.certificates import AS_IT_IS
from stories.charts import parts
from stories.environments import PODINFO, Environment, inside
from stories.installing import is_ready, restart_crossplane, running
from stories.life import raised
from stories.walk import (CROSSPLANE, annotate, conditions, equal, eventually, get, holds, items, kubectl, note, patch, stays,
                          story)

SHAKEN = Environment("shaken")


@story("The function's pods are killed while an Environment comes up, and it comes up", after=raised)
def killed(_):
    SHAKEN.ask(parts())
    eventually("it is on its way", 30, lambda: "cluster" in SHAKEN.parts())
    for pod in running():
        kubectl("delete", "pod", pod["metadata"]["name"], "--namespace", CROSSPLANE, "--grace-period=0", "--force")
    SHAKEN.comes(150, "parts")
    note(f"ready {SHAKEN.when(SHAKEN.is_ready) - SHAKEN.moment:.0f} s after it was asked for")
    two_pods()


@story("One of two replicas is stopped under load, and no call fails", after=killed)
def replica(_):
    pods = two_pods()
    start, calls = time.monotonic(), called()
    with Load(DEV):
        time.sleep(5)
        kubectl("delete", "pod", pods[0]["metadata"]["name"], "--namespace", CROSSPLANE, "--wait=false")
        time.sleep(15)
    broken = [told for told in DEV.told(start) if conditions(told.thing)["Synced"]["status"] != "True"]
    equal("when Synced was not True", [conditions(told.thing)["Synced"]["message"] for told in broken], [])
    two_pods()
    note(f"at least {max(0, called() - calls):.0f} calls in 20 s")


@story("One of two replicas dies without a word under load, and Crossplane goes on with the other", after=replica)
def lost(_):
    pods = two_pods()
    start = time.monotonic()
    with Load(DEV):
        time.sleep(3)
        kubectl("delete", "pod", pods[0]["metadata"]["name"], "--namespace", CROSSPLANE, "--grace-period=0", "--force")
        time.sleep(10)
    DEV.ask(PODINFO | {"values": {"replicaCount": 1}}, **AS_IT_IS).comes(60)
    broken = [told for told in DEV.told(start) if conditions(told.thing)["Synced"]["status"] != "True"]
    note(f"Synced was not True {len(broken)} times, and the next change was through after "
         f"{DEV.when(DEV.is_ready) - DEV.moment:.0f} s")
    two_pods()


@story("Crossplane restarts while an Environment changes, and nothing is made anew", after=lost)
def crossplane(_):
    before = uids(DEV)
    DEV.ask(PODINFO, parts("late"), **AS_IT_IS)
    restart_crossplane()
    DEV.comes(120, "podinfo", "late")
    holds("all is as it was", before.items() <= uids(DEV).items())
    DEV.ask(PODINFO, **AS_IT_IS)
    eventually("the app is gone", 90, lambda: "app-late" not in DEV.parts() and not DEV.status.get("leaving"))
    DEV.comes(60)


@story("provider-helm restarts in the middle of an installation, and the app is installed", after=crossplane)
def provider(_):
    SHAKEN.ask(parts(), parts("slow", slow=12))
    with inside(SHAKEN) as cluster:
        eventually("the installation is under way", 60, lambda: cluster.names("jobs", "slow"))
    for pod in items("pods", CROSSPLANE, "--selector", "pkg.crossplane.io/provider=provider-helm"):
        kubectl("delete", "pod", pod["metadata"]["name"], "--namespace", CROSSPLANE, "--grace-period=0", "--force")
    SHAKEN.comes(240, "parts", "slow")
    note(f"ready after {SHAKEN.when(SHAKEN.is_ready) - SHAKEN.moment:.0f} s")


@story("The vcluster's pod is killed and stays away for a while: nothing is taken away, and it comes back", after=provider)
def away(_):
    before, name = uids(SHAKEN), SHAKEN.status["cluster"]["name"]
    pods = {one["metadata"]["name"]: one["metadata"]["uid"] for one in items("pods", DEV.host)}
    patch("statefulset", name, {"spec": {"replicas": 0}}, SHAKEN.host)
    kubectl("delete", "pod", f"{name}-0", "--namespace", SHAKEN.host, "--grace-period=0", "--force", may_fail=True)
    start = time.monotonic()
    eventually("it is said that the cluster does not answer", 30,
               lambda: SHAKEN.condition("ClusterReady")[:2] == ("False", "NotAnswering"))
    note(f"said after {time.monotonic() - start:.0f} s")
    stays("nothing is taken away", 30, lambda: uids(SHAKEN) == before)
    patch("statefulset", name, {"spec": {"replicas": 1}}, SHAKEN.host)
    back = time.monotonic()
    SHAKEN.comes(120, "parts", "slow")
    note(f"ready {time.monotonic() - back:.0f} s after it was back")
    equal("what it is made of", uids(SHAKEN), before)
    holds("the pods of others go on", pods == {one["metadata"]["name"]: one["metadata"]["uid"] for one in items("pods", DEV.host)})


@story("The kubeconfig's Secret is deleted, and is back with the next change", after=away)
def secret(_):
    kubectl("delete", "secret", SHAKEN.secret, "--namespace", SHAKEN.namespace)
    SHAKEN.ask(parts(message="after"), parts("slow", slow=1))
    with inside_later(SHAKEN) as cluster:
        eventually("the change is inside", 60, lambda: cluster.get("configmap", "parts", "parts")["data"]["message"] == "after")
    note(f"inside after {time.monotonic() - SHAKEN.moment:.0f} s")
    SHAKEN.comes(60)


def inside_later(environment):
    eventually("the Secret is back", 60, lambda: get("secret", environment.secret, environment.namespace).get("data"))
    return inside(environment)


def two_pods():
    pods = eventually("two pods of the function are ready", 90, lambda: len(ready := [
        pod for pod in running() if is_ready(pod)]) == 2 and ready)
    return pods


def uids(environment):
    return {name: one["metadata"]["uid"] for name, one in environment.parts().items()}


class Load:
    """An Environment that changes all the time, and so makes Crossplane call the function all the time."""

    def __init__(self, environment):
        self.environment, self.ending = environment, threading.Event()
        self.thread = threading.Thread(target=self.go)

    def go(self):
        while not self.ending.wait(0.1):
            annotate(self.environment.kind, self.environment.name, self.environment.namespace, may_fail=True)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()

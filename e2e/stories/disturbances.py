"""What real clusters do to an Environment, and to those who work for it. Whoever else runs goes on."""
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from stories import charts
from stories.beginning import DEV, ready
from stories.certificates import CLIENT, Calls, secret
from stories.charts import parts
from stories.environments import PODINFO, Environment, inside, installed_inside
from stories.failing import FAULTY, empty, fails
from stories.installing import function, is_ready, restart_crossplane, running, working
from stories.walk import CROSSPLANE, conditions, equal, eventually, get, holds, items, kubectl, note, patch, stays, story

SHAKEN = Environment("shaken")


@story("The function's pods are killed while an Environment comes up, and it comes up", after=ready)
def killed(_):
    SHAKEN.ask(parts(pods=1))
    eventually("it is on its way", 30, lambda: "cluster" in SHAKEN.parts())
    for pod in running():
        remove(pod, "--grace-period=0", "--force")
    SHAKEN.comes(150, "parts")
    installed_inside(SHAKEN, "parts")
    note(f"ready {SHAKEN.came() - SHAKEN.moment:.0f} s after it was asked for")
    two_pods()


@story("One of two replicas is stopped under load, and no call fails", after=killed)
def replica(_):
    pods, start = two_pods(), time.monotonic()
    with load(pods) as calls:
        DEV.poke()
        remove(pods[0], "--wait=false")
        time.sleep(4)
        DEV.poke()
        eventually("it has ended", 60, lambda: pods[0]["metadata"]["name"] not in [
            pod["metadata"]["name"] for pod in items("pods", CROSSPLANE)])
        answered, failed = the_other_answers(calls)
        note(f"{answered} calls, {failed} failed")
        holds(f"none failed: {calls.said()}", not failed)
    equal("when Synced was not True", unsynced(DEV, start), [])
    two_pods()


@story("One of two replicas is killed under load, and the other answers", after=killed)
def lost(_):
    pods = two_pods()
    with load(pods) as calls:
        remove(pods[0], "--grace-period=0", "--force")
        time.sleep(3)  # the kubelet gives it a second, and kills it
        answered, failed = the_other_answers(calls)
        note(f"{answered} calls, {failed} failed")
        holds(f"few failed, {failed}: {calls.said()}", failed <= 10)
    DEV.again(PODINFO | {"values": {"replicaCount": 1}}).comes(60)
    note(f"the next change was through after {DEV.came() - DEV.moment:.0f} s")
    two_pods()


@story("Crossplane restarts while an Environment changes, and nothing is made anew", after=killed)
def crossplane(_):
    before = uids(DEV)
    DEV.again(PODINFO, parts("late"))
    restart_crossplane()
    DEV.comes(120, "podinfo", "late")
    installed_inside(DEV, "late")
    holds("all is as it was", before.items() <= uids(DEV).items())
    DEV.again(PODINFO)
    eventually("the app is gone", 90, lambda: "app-late" not in DEV.parts() and not DEV.status.get("leaving"))
    DEV.comes(60)


@story("provider-helm restarts in the middle of an installation, and the app is installed", after=killed)
def provider(_):
    SHAKEN.ask(parts(pods=1), parts("slow", slow=12))
    with inside(SHAKEN) as cluster:
        eventually("the installation is under way", 60, lambda: cluster.names("jobs", "slow"))
    pods = working("provider-helm")
    holds("there is one to restart", pods)
    for pod in pods:
        kubectl("delete", "pod", pod["metadata"]["name"], "--namespace", CROSSPLANE, "--grace-period=0", "--force")
    SHAKEN.comes(240, "parts", "slow")
    installed_inside(SHAKEN, "parts", "slow")
    note(f"ready after {SHAKEN.came() - SHAKEN.moment:.0f} s")


@story("The vcluster's pod is killed and stays away for a while: nothing is taken away, and it comes back", after=killed)
def away(_):
    before, name = uids(SHAKEN), SHAKEN.status["cluster"]["name"]
    pods = of_apps(SHAKEN)
    holds(f"its app has a pod: {pods}", pods)
    patch("statefulset", name, {"spec": {"replicas": 0}}, SHAKEN.host)
    kubectl("delete", "pod", f"{name}-0", "--namespace", SHAKEN.host, "--grace-period=0", "--force", may_fail=True)
    start = time.monotonic()
    try:
        eventually("it is said that the cluster does not answer", 30,
                   lambda: SHAKEN.condition("ClusterReady")[:2] == ("False", "NotAnswering"))
        note(f"said after {time.monotonic() - start:.0f} s")
        stays("nothing is taken away", 30, lambda: uids(SHAKEN) == before)
    finally:
        patch("statefulset", name, {"spec": {"replicas": 1}}, SHAKEN.host)
    back = time.monotonic()
    SHAKEN.comes(120)
    note(f"ready {time.monotonic() - back:.0f} s after it was back")
    equal("what it is made of", uids(SHAKEN), before)
    installed_inside(SHAKEN, "parts")
    equal("the pods of its app, which went on", of_apps(SHAKEN), pods)


def of_apps(environment):
    """The pods that run for its apps, on the host."""
    return {one["metadata"]["name"]: one["metadata"]["uid"] for one in items("pods", environment.host)
            if "-x-parts-x-" in one["metadata"]["name"]}


@story("A repository that is down is said so, and the app comes up when it is back", after=empty)
def repository(_):
    try:
        charts.serving(0)
        FAULTY.ask(parts(message="here"), {"name": "late"})
        fails("late", "connection refused|no such host|dial tcp|timeout")
    finally:
        charts.serving(1)
    FAULTY.comes(120, "parts", "late")
    installed_inside(FAULTY, "parts", "late")


@story("The kubeconfig's Secret is deleted, and is back with the next change", after=killed)
def forgotten(_):
    kubectl("delete", "secret", SHAKEN.secret, "--namespace", SHAKEN.namespace)
    SHAKEN.ask(parts(message="after", pods=1))
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


def remove(pod, *flags):
    kubectl("delete", "pod", pod["metadata"]["name"], "--namespace", CROSSPLANE, *flags)


def uids(environment):
    return {name: one["metadata"]["uid"] for name, one in environment.parts().items()}


@contextmanager
def load(pods):
    """The function is called all the time, over both replicas as Crossplane does."""
    with tempfile.TemporaryDirectory() as work, Calls(Path(work), f"{function()}.{CROSSPLANE}", pods, together=True) as calls:
        calls.show(secret(CLIENT))
        calls.start()
        eventually("calls are answered", 60, lambda: calls.now()[0] > 100)
        yield calls


def the_other_answers(calls):
    """The load goes to the two pods there were, so what is answered once one of them is gone, the other answers."""
    before = calls.now()[0]
    eventually("the other answers", 60, lambda: calls.now()[0] > before + 100)
    return calls.end()[:2]


def unsynced(environment, start):
    return [conditions(told.thing)["Synced"].get("message") for told in environment.told(start)
            if conditions(told.thing)["Synced"]["status"] != "True"]

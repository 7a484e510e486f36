"""What real clusters do to an Environment, and to those who work for it. Whoever else runs goes on."""
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from stories import charts
from stories.beginning import DEV, ready
from stories.certificates import CALLERS, CLIENT, Calls, secret
from stories.charts import parts
from stories.environments import PODINFO, Environment, inside, installed_inside
from stories.failing import FAULTY, empty, fails
from stories.installing import anew, delete, function, metric, restart_crossplane, running, starts, two_pods, working
from stories.walk import CROSSPLANE, apply, conditions, equal, eventually, get, holds, items, kubectl, note, patch, stays, story

SHAKEN = Environment("shaken")


@story("The function's pods are killed while an Environment comes up, and it comes up", after=ready)
def killed(_):
    SHAKEN.ask(parts(pods=1))
    eventually("it is on its way", 30, lambda: "cluster" in SHAKEN.parts())
    kill(*running())
    SHAKEN.comes(150, "parts")
    installed_inside(SHAKEN, "parts")
    note(f"ready {SHAKEN.came() - SHAKEN.moment:.0f} s after it was asked for")
    anew()


@story("One of two replicas is stopped under load, and no call fails", after=killed)
def replica(_):
    pods = two_pods()
    restart_crossplane()  # or it might not know of the one that is to stop, until it has to look for another
    DEV.again(PODINFO | {"values": {"ui": {"message": "before"}}}).comes(90)
    with load(pods) as calls:
        start = time.monotonic()
        delete(pods[0], "--wait=false")
        DEV.again(PODINFO | {"values": {"ui": {"message": "meanwhile"}}})

        def gone():
            DEV.poke()
            time.sleep(0.5)
            return pods[0]["metadata"]["name"] not in [pod["metadata"]["name"] for pod in items("pods", CROSSPLANE)]
        eventually("it has ended", 60, gone)
        DEV.comes(150)
        note(f"meanwhile a change was through after {DEV.came() - DEV.moment:.0f} s")
        go_on(calls)
        failed = calls.end()
        holds(f"no call failed: {calls.said()}", not failed)
    equal("when Synced was not True", unsynced(DEV, start), [])
    two_pods()


@story("One of two replicas is killed under load, and no calls fail but those it was answering", after=killed)
def lost(_):
    pods = two_pods()
    with load(pods) as calls:
        kill(pods[0])
        struck = calls.now()[1]
        holds(f"at most one call of each caller failed, {struck}: {calls.said()}", struck <= CALLERS)
        go_on(calls)
        two_pods()
        both_answer(pods)
        failed = calls.end()
        equal(f"calls that failed, once it was started again ({calls.said()})", failed, struck)
    DEV.again(PODINFO | {"values": {"replicaCount": 1}}).comes(60)
    note(f"the next change was through after {DEV.came() - DEV.moment:.0f} s")
    anew()


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
        delete(pod, "--grace-period=0", "--force")
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


def kill(*pods):
    """
    Kills what runs in these pods of the function, from their nodes, and waits until it is known. A pod that is deleted by force
    still has a second, in which the function ends well.
    """
    names = [f"killer-{number}" for number in range(len(pods))]
    before = starts(pods)

    def killed():
        now = [pod for pod in running() if pod["metadata"]["name"] in before]
        return all(count > before[name] for name, count in starts(now).items()) and {
            pod["status"]["containerStatuses"][0]["lastState"]["terminated"]["exitCode"] for pod in now} == {137}
    try:
        apply(*[killer(name, pod) for name, pod in zip(names, pods)])
        eventually("they have been killed", 120, killed, lambda: [
            get("pod", name, charts.NAMESPACE)["status"] for name in names])
    finally:
        kubectl("delete", "pod", *names, "--namespace", charts.NAMESPACE, "--ignore-not-found", may_fail=True)


def killer(name, pod):
    container = pod["status"]["containerStatuses"][0]["containerID"].split("//")[1]
    script = (f"for one in $(/bin/busybox grep -l {container} /proc/[0-9]*/cgroup); do "
              "one=${one#/proc/}; kill -9 ${one%/cgroup}; done")
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": charts.NAMESPACE}, "spec": {
        "nodeName": pod["spec"]["nodeName"], "hostPID": True, "restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
        "containers": [{"name": "kill", "image": "docker.io/library/busybox:1", "command": ["/bin/busybox", "sh", "-c", script]}]}}


def uids(environment):
    return {name: one["metadata"]["uid"] for name, one in environment.parts().items()}


@contextmanager
def load(pods):
    """The function is called all the time, over both replicas as Crossplane does."""
    with tempfile.TemporaryDirectory() as work, Calls(Path(work), f"{function()}.{CROSSPLANE}", pods, together=True) as calls:
        calls.show(secret(CLIENT))
        calls.start()
        both_answer(pods)
        yield calls


def both_answer(pods):
    before = [answers(pod) for pod in pods]
    eventually("both replicas answer", 60, lambda: all(answers(pod) > seen + 50 for pod, seen in zip(pods, before)))


def answers(pod):
    return metric(pod, "grpc_server_handled_total")


def go_on(calls):
    before = calls.now()[0]
    eventually("100 more calls are answered", 60, lambda: calls.now()[0] > before + 100, calls.said)


def unsynced(environment, start):
    return [conditions(told.thing)["Synced"].get("message") for told in environment.told(start)
            if conditions(told.thing)["Synced"]["status"] != "True"]

"""What happens to Environments, and to the programs that work for them, in real clusters."""
import time

from scenarios import charts, names, test_failing_apps, test_first_environment
from scenarios.calls import CALLERS, load, wait_for_both
from scenarios.charts import parts
from scenarios.commands import CROSSPLANE, apply, conditions, get, items, kubectl, patch
from scenarios.environment import PODINFO
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.packages import (delete_pod, function_pods, provider_pods, replace_function_pods, restart_crossplane, restarts,
                                two_function_pods)
from scenarios.shared import DEV, FAULTY, SHAKEN
from scenarios.virtual_cluster import VirtualCluster, assert_installed


@after(test_first_environment.test_ready)
def test_function_killed():
    """The function's pods are killed while an Environment is created, and the Environment becomes ready."""
    SHAKEN.request(parts(pods=1))
    eventually("its cluster is being created", 30, lambda: names.CLUSTER in SHAKEN.components())
    kill(*function_pods())
    SHAKEN.wait_ready(150, "parts")
    assert_installed(SHAKEN, "parts")
    note(f"ready {SHAKEN.ready_after():.0f} s after the request")
    replace_function_pods()


@after(test_function_killed)
def test_replica_stopped(tmp_path):
    """One of two replicas is stopped under load, and no call fails."""
    pods = two_function_pods()
    restart_crossplane()  # or it might not know the replica that remains, until it has to look for another
    DEV.request_apps(PODINFO | {"values": {"ui": {"message": "before"}}}).wait_ready(90)
    with load(tmp_path, pods) as calls:
        start = time.monotonic()
        delete_pod(pods[0], "--wait=false")
        DEV.request_apps(PODINFO | {"values": {"ui": {"message": "meanwhile"}}})

        def gone():
            DEV.trigger()
            time.sleep(0.5)
            return pods[0]["metadata"]["name"] not in [pod["metadata"]["name"] for pod in items("pods", CROSSPLANE)]
        eventually("the replica is gone", 60, gone)
        DEV.wait_ready(150)
        note(f"a change at the same time was ready after {DEV.ready_after():.0f} s")
        calls.wait_for_more()
        failed = calls.end()
        assert not failed, calls.errors()
    assert unsynced(DEV, start) == []
    two_function_pods()


@after(test_function_killed)
def test_replica_killed(tmp_path):
    """One of two replicas is killed under load, and only the calls fail that it was answering."""
    pods = two_function_pods()
    with load(tmp_path, pods) as calls:
        kill(pods[0])
        interrupted = calls.counts()[1]
        assert interrupted <= CALLERS, f"more than one call of each caller failed: {calls.errors()}"
        calls.wait_for_more()
        two_function_pods()
        wait_for_both(pods)
        failed = calls.end()
        assert failed == interrupted, f"calls failed after the replica was restarted: {calls.errors()}"
    DEV.request_apps(PODINFO | {"values": {"replicaCount": 1}}).wait_ready(60)
    note(f"the next change was ready after {DEV.ready_after():.0f} s")
    replace_function_pods()


@after(test_function_killed)
def test_crossplane_restarts():
    """Crossplane restarts while an Environment is changed, and nothing is created again."""
    before = DEV.component_uids()
    DEV.request_apps(PODINFO, parts("late"))
    restart_crossplane()
    DEV.wait_ready(120, "podinfo", "late")
    assert_installed(DEV, "late")
    assert before.items() <= DEV.component_uids().items()
    DEV.request_apps(PODINFO)
    eventually("the app is gone", 90, lambda: names.app("late") not in DEV.components() and not DEV.removing)
    DEV.wait_ready(60)


@after(test_function_killed)
def test_provider_restarts():
    """provider-helm restarts during an installation, and the app is installed."""
    SHAKEN.request(parts(pods=1), parts("slow", slow=12))
    with VirtualCluster(SHAKEN) as cluster:
        eventually("the installation has begun", 60, lambda: cluster.names("jobs", "slow"))
    pods = provider_pods("provider-helm")
    assert pods, "there is no provider-helm to restart"
    for pod in pods:
        delete_pod(pod, "--grace-period=0", "--force")
    SHAKEN.wait_ready(240, "parts", "slow")
    assert_installed(SHAKEN, "parts", "slow")
    note(f"ready after {SHAKEN.ready_after():.0f} s")


@after(test_function_killed)
def test_vcluster_unreachable():
    """The vcluster's pod is missing for a while: the Environment says so, nothing is removed, and the cluster recovers."""
    before, name = SHAKEN.component_uids(), SHAKEN.cluster
    pods = app_pods(SHAKEN)
    assert pods, "its app has no pod"
    patch("statefulset", name, {"spec": {"replicas": 0}}, SHAKEN.host)
    kubectl("delete", "pod", f"{name}-0", "--namespace", SHAKEN.host, "--grace-period=0", "--force", may_fail=True)
    start = time.monotonic()
    try:
        eventually("it says that the cluster is unreachable", 30,
                   lambda: SHAKEN.condition(names.CLUSTER_READY)[:2] == ("False", names.UNREACHABLE))
        note(f"reported after {time.monotonic() - start:.0f} s")
        stays("nothing is removed", 30, lambda: SHAKEN.component_uids() == before)
    finally:
        patch("statefulset", name, {"spec": {"replicas": 1}}, SHAKEN.host)
    back = time.monotonic()
    SHAKEN.wait_ready(120)
    note(f"ready {time.monotonic() - back:.0f} s after the pod was allowed again")
    assert SHAKEN.component_uids() == before
    assert_installed(SHAKEN, "parts")
    assert app_pods(SHAKEN) == pods, "the pods of its app did not keep running"


@after(test_failing_apps.test_no_apps)
def test_repository_down():
    """A chart repository that is down is reported, and the app is installed when the repository is back."""
    with charts.stopped():
        FAULTY.request(parts(message="here"), {"name": "late"})
        test_failing_apps.wait_failing("late", "connection refused|no such host|dial tcp|timeout")
    FAULTY.wait_ready(120, "parts", "late")
    assert_installed(FAULTY, "parts", "late")


@after(test_function_killed)
def test_kubeconfig_deleted():
    """The kubeconfig's Secret is deleted, and is back with the next change."""
    kubectl("delete", "secret", SHAKEN.secret, "--namespace", SHAKEN.namespace)
    SHAKEN.request(parts(message="after", pods=1))
    eventually("the Secret is back", 60, lambda: get("secret", SHAKEN.secret, SHAKEN.namespace).get("data"))
    with VirtualCluster(SHAKEN) as cluster:
        eventually("the change is inside", 60, lambda: cluster.config_map("parts")["message"] == "after")
    note(f"inside after {SHAKEN.age:.0f} s")
    SHAKEN.wait_ready(60)


def app_pods(environment):
    """The pods on the host that run for the app parts."""
    return {one["metadata"]["name"]: one["metadata"]["uid"] for one in items("pods", environment.host)
            if "-x-parts-x-" in one["metadata"]["name"]}


def kill(*pods):
    """
    Kills the processes of these pods of the function, on their nodes, and waits until Kubernetes has noticed. (A pod that is
    deleted by force still has a second, in which the function ends in order.)
    """
    killers = [f"killer-{number}" for number in range(len(pods))]
    before = restarts(pods)

    def killed():
        now = [pod for pod in function_pods() if pod["metadata"]["name"] in before]
        return all(count > before[name] for name, count in restarts(now).items()) and {
            pod["status"]["containerStatuses"][0]["lastState"]["terminated"]["exitCode"] for pod in now} == {137}
    try:
        apply(*[killer(name, pod) for name, pod in zip(killers, pods)])
        eventually("they have been killed", 120, killed, lambda: [
            get("pod", name, charts.NAMESPACE)["status"] for name in killers])
    finally:
        kubectl("delete", "pod", *killers, "--namespace", charts.NAMESPACE, "--ignore-not-found", may_fail=True)


def killer(name, pod):
    container = pod["status"]["containerStatuses"][0]["containerID"].split("//")[1]
    script = (f"for one in $(/bin/busybox grep -l {container} /proc/[0-9]*/cgroup); do "
              "one=${one#/proc/}; kill -9 ${one%/cgroup}; done")
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": charts.NAMESPACE}, "spec": {
        "nodeName": pod["spec"]["nodeName"], "hostPID": True, "restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
        "containers": [{"name": "kill", "image": "docker.io/library/busybox:1", "command": ["/bin/busybox", "sh", "-c", script]}]}}


def unsynced(environment, start):
    """What Synced said since then while it was not True."""
    return [conditions(change.thing)["Synced"].get("message") for change in environment.changes(start)
            if conditions(change.thing)["Synced"]["status"] != "True"]

"""Changes that a team makes to an Environment that works."""
import json

from scenarios import breaker, charts, names, test_first_environment
from scenarios.charts import parts
from scenarios.commands import get, kubectl
from scenarios.environment import PODINFO
from scenarios.expect import eventually, note
from scenarios.marks import after
from scenarios.shared import DEV
from scenarios.virtual_cluster import VirtualCluster


@after(test_first_environment.test_ready)
def test_app_added():
    """An added app is installed beside the first one."""
    DEV.request(PODINFO, parts(pods=1)).wait_ready(90, "podinfo", "parts")
    note(f"ready after {DEV.ready_after():.1f} s")
    breaker.check_changed(DEV, "an app is added")
    with VirtualCluster(DEV) as cluster:
        eventually("its pod runs", 60, lambda: cluster.ready_replicas("parts"))


@after(test_app_added)
def test_app_version_changed():
    """A changed version of an app replaces the previous one."""
    DEV.request(PODINFO, parts(pods=1) | {"chart": {"version": charts.SECOND}}).wait_ready(90, "podinfo", "parts")
    with VirtualCluster(DEV) as cluster:
        eventually("the chart is replaced", 10, lambda: cluster.config_map("parts")["version"] == charts.SECOND)
    assert {app["name"]: app["version"] for app in DEV.status["apps"]}["parts"] == charts.SECOND
    note(f"ready after {DEV.ready_after():.1f} s")
    breaker.check_changed(DEV, "an app gets another version")


@after(test_app_added)
def test_app_removed():
    """A removed app is uninstalled, and nothing of it is left inside."""
    DEV.request(PODINFO)
    eventually("its Release is gone", 90, lambda: names.app("parts") not in DEV.components() and not DEV.removing)
    with VirtualCluster(DEV) as cluster:
        left = cluster.names("deployments,services,secrets,configmaps,replicasets", "parts")
        assert left in ([], ["configmap/kube-root-ca.crt"])
        assert cluster.ready_replicas("podinfo"), "the other app does not run"
    DEV.wait_ready(60, "podinfo")
    breaker.check_changed(DEV, "an app is removed")


@after(test_first_environment.test_ready)
def test_size_changed():
    """A changed size changes the quota, and the cluster keeps running."""
    def pods():
        return int(get("resourcequota", names.quota(DEV.cluster), DEV.host)["spec"]["hard"]["count/pods"])
    before = pods()
    DEV.request(PODINFO, size="medium")
    eventually("the quota is larger", 60, lambda: pods() > before)
    DEV.wait_ready(180, "podinfo")
    assert DEV.kubernetes == "1.35"
    note(f"ready after {DEV.ready_after():.1f} s")
    breaker.check_changed(DEV, "the size changes")


@after(test_size_changed)
def test_kubernetes_upgraded():
    """The cluster's Kubernetes is upgraded by one minor version, and its app keeps running."""
    with VirtualCluster(DEV) as cluster:
        before = cluster.get("deployment", "podinfo", "podinfo")["metadata"]["uid"]
    DEV.request(PODINFO, size="medium", kubernetesVersion="1.36").wait_ready(240, "podinfo")
    assert DEV.kubernetes == "1.36"
    control_plane = get("statefulset", DEV.cluster, DEV.host)["spec"]["template"]["spec"]
    images = [one["image"] for one in control_plane.get("initContainers", [])]
    assert any("v1.36" in image for image in images), f"images of the control plane: {images}"
    with VirtualCluster(DEV) as cluster:
        eventually("the app is the same", 60, lambda: cluster.ready_replicas("podinfo") and cluster.get(
            "deployment", "podinfo", "podinfo")["metadata"]["uid"] == before)


@after(test_kubernetes_upgraded)
def test_kubernetes_downgraded():
    """The API server rejects a downgrade of Kubernetes."""
    answer = kubectl("apply", "--filename", "-", may_fail=True,
                     given=json.dumps(DEV.body(PODINFO, size="medium", kubernetesVersion="1.35")))
    assert answer.returncode and "cannot be downgraded" in answer.stderr, answer.stderr

"""What a size of virtual clusters, and the platform for all of them, can set: nodes, values, labels, logins and high availability."""
import base64
import json
import os
import re
import tarfile

import pytest

from scenarios import charts, names, nodes, platform, test_install
from scenarios.charts import RUN, parts
from scenarios.commands import TEAM, get, items, kubectl, run
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after, needs
from scenarios.virtual_cluster import VirtualCluster

PLACED, LABELLED, REPLICATED, BEHIND_LOGIN = (Environment(name) for name in ("placed", "labelled", "replicated", "behind-login"))
BUSYBOX = "docker.io/library/busybox:1"
LOGIN, CHART_LOGIN = "e2e-login", "e2e-chart-login"  # Secrets


def idle(image=BUSYBOX, **spec):
    """A manifest of a pod that does nothing."""
    labels = {"app": "idle"}
    container = {"name": "idle", "image": image, "command": ["/bin/busybox", "sleep", "100000"]}
    return {"name": "idle", "readyWhen": "has(object.status.readyReplicas) && object.status.readyReplicas > 0", "manifest": {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "idle", "namespace": "default"},
        "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": spec | {
            "terminationGracePeriodSeconds": 0, "containers": [container]}}}}}


def pods(environment):
    """In the host namespace, by the container that is theirs: of the control plane, of its store, of DNS and of the team."""
    return sorted(items("pods", environment.host), key=container_name)


def container_name(pod):
    return pod["spec"]["containers"][0]["name"]


def images(environment):
    return sorted({container["image"] for pod in pods(environment) for containers in ("containers", "initContainers")
                   for container in pod["spec"].get(containers, [])})


@after(test_install.test_installed)
def test_nodes_of_a_size():
    """
    The control plane, the DNS and the team's pods run on the nodes of their size, tolerate their taint and have the runtime class,
    whatever a pod asks for. Additional values of the size reach the chart.
    """
    toleration = {"key": nodes.POOL, "operator": "Equal", "value": nodes.PLACED, "effect": "NoSchedule"}
    try:
        with nodes.reserved() as node:
            size = platform.size(pods=10) | {
                "nodeSelector": {nodes.POOL: nodes.PLACED}, "tolerations": [toleration], "runtimeClass": nodes.RUNTIME_CLASS,
                "values": {"controlPlane": {"statefulSet": {"pods": {"annotations": {"e2e/size": "placed"}}}}}}
            platform.set_settings(sizes={"placed": {"vcluster": size}})
            PLACED.request(manifests=[idle(nodeSelector={nodes.POOL: "another"})], size="placed").wait_ready(240)
            found = pods(PLACED)
            assert [container_name(pod) for pod in found] == ["coredns", "idle", "syncer"]
            for pod in found:
                spec = pod["spec"]
                assert (spec["nodeName"], spec["nodeSelector"][nodes.POOL], spec.get("runtimeClassName")) == (
                    node, nodes.PLACED, nodes.RUNTIME_CLASS), container_name(pod)
                assert any(one.items() >= toleration.items() for one in spec["tolerations"]), container_name(pod)
            assert found[2]["metadata"]["annotations"]["e2e/size"] == "placed"
    finally:
        platform.set_settings()
    PLACED.delete()


@after(test_install.test_installed)
def test_labels_and_annotations():
    """A host namespace has the platform's labels and annotations, and those labels of its Environment that the platform lets through."""
    def metadata():
        found = get("namespace", LABELLED.host)["metadata"]
        return [found["labels"].get(key) for key in ("cost-center", "branch", "other")] + [
            found["annotations"].get("e2e/contact")]
    def label(*words):
        kubectl("label", LABELLED.kind, LABELLED.name, "--namespace", TEAM, "--overwrite", *words)
    try:
        platform.set_settings(host={"labels": {"cost-center": "e2e"}, "annotations": {"e2e/contact": "team@example.org"},
                                    "environmentLabels": ["branch", "cost-center"]})
        LABELLED.request()
        label("branch=fix-cart", "cost-center=none", "other=x")
        LABELLED.wait_ready(180)
        eventually("they are there", 60, lambda: metadata() == ["e2e", "fix-cart", None, "team@example.org"], metadata)
        label("branch=fix-price")
        eventually("a changed label is there", 60, lambda: metadata()[1] == "fix-price", metadata)
        platform.set_settings()
        LABELLED.trigger()
        eventually("all are gone", 60, lambda: metadata() == [None] * 4, metadata)
    finally:
        platform.set_settings()
    LABELLED.delete()


@after(test_install.test_installed)
@needs("LOGIN_REGISTRY", "LOGIN", "VCLUSTER_CHART", "helm")
def test_login(tmp_path):
    """
    With a chart repository and a registry that both require a login, an Environment waits for the Secrets that the platform puts
    into its namespace and into its host namespace, and then everything of it comes from there.
    """
    registry, (user, password) = os.environ["LOGIN_REGISTRY"], os.environ["LOGIN"].split(":")
    chart = Repackaged(tmp_path)
    charts.serve_files("login", {"index.yaml": chart.index, "httpd.conf": f"/:{user}:{password}\n"}, {chart.file: chart.content},
                       "-c", "/files/httpd.conf")
    values = {"controlPlane": {"statefulSet": platform.REQUESTS | {"image": {"tag": chart.version}}}}
    try:
        platform.set_settings(vcluster={
            "values": values, "imageRegistry": registry, "imagePullSecrets": [{"name": LOGIN}],
            "chart": {"repository": f"http://login.{charts.NAMESPACE}.svc", "version": chart.repackaged,
                      "pullSecretRef": {"name": CHART_LOGIN}}})
        BEHIND_LOGIN.request(manifests=[idle(f"{registry}/library/busybox:1")])
        eventually("the missing Secret for the chart is named", 120, lambda: CHART_LOGIN in BEHIND_LOGIN.condition(
            names.CLUSTER_READY)[2], lambda: BEHIND_LOGIN.condition(names.CLUSTER_READY))
        note(f"“{BEHIND_LOGIN.condition(names.CLUSTER_READY)[2][:200]}”")
        kubectl("create", "secret", "generic", CHART_LOGIN, "--namespace", TEAM, f"--from-literal=username={user}",
                f"--from-literal=password={password}")
        eventually("its images cannot be pulled", 180, lambda: "ImagePull" in str(pods(BEHIND_LOGIN)[0]["status"]))
        kubectl("create", "secret", "docker-registry", LOGIN, "--namespace", BEHIND_LOGIN.host, "--docker-username", user,
                "--docker-password", password, f"--docker-server={registry.split('/')[0]}")
        BEHIND_LOGIN.wait_ready(300)
        assert [container_name(pod) for pod in pods(BEHIND_LOGIN)] == ["coredns", "idle", "syncer"]
        assert [one for one in images(BEHIND_LOGIN) if not one.startswith(f"{registry}/")] == []
        assert {str(pod["spec"]["imagePullSecrets"]) for pod in pods(BEHIND_LOGIN)} == {str([{"name": LOGIN}])}
        note(f"{len(images(BEHIND_LOGIN))} images")
    finally:
        platform.set_settings()
        kubectl("delete", "deployments,services,configmaps", "login", "--namespace", charts.NAMESPACE, "--ignore-not-found")
        kubectl("delete", "secret", CHART_LOGIN, "--namespace", TEAM, "--ignore-not-found")
    BEHIND_LOGIN.delete()


class Repackaged:
    """The chart of vcluster under a version that no node has; the version of the images is that of the chart."""

    def __init__(self, work):
        archive, self.repackaged = os.environ["VCLUSTER_CHART"], f"0.36.{RUN}"
        with tarfile.open(archive) as tar:
            tar.extractall(work, filter="data")
        self.version = re.search(r"(?m)^version: (.*)$", (work / "vcluster/Chart.yaml").read_text())[1]
        run("helm", "package", work / "vcluster", "--version", self.repackaged, "--destination", work)
        self.file = f"vcluster-{self.repackaged}.tgz"
        self.content = base64.b64encode((work / self.file).read_bytes()).decode()
        self.index = json.dumps({"apiVersion": "v1", "entries": {"vcluster": [
            {"apiVersion": "v2", "name": "vcluster", "version": self.repackaged, "urls": [self.file]}]}})


@after(test_install.test_installed)
@needs("ETCD_IMAGE")
@pytest.mark.timeout(1200)
def test_high_availability():
    """
    A cluster with high availability has three control planes, three members of etcd and two DNS pods. It stays available and takes
    changes while one of each is replaced, and a drain may take one pod at a time.
    """
    try:
        platform.set_settings(sizes={"replicated": {"vcluster": platform.size(pods=10) | {"highAvailability": True}}})
        REPLICATED.request(parts(), size="replicated").wait_ready(480, "parts")
        note(f"ready after {REPLICATED.ready_after():.0f} s")
        assert [container_name(pod) for pod in pods(REPLICATED)] == ["coredns"] * 2 + ["etcd"] * 3 + ["syncer"] * 3
        assert os.environ["ETCD_IMAGE"] in images(REPLICATED)
        eventually("a drain may take one pod of six", 240, lambda: budget("expectedPods", "disruptionsAllowed") == [6, 1], budget)
        replaced = [next(pod["metadata"]["name"] for pod in pods(REPLICATED) if container_name(pod) == name)
                    for name in ("coredns", "etcd", "syncer")]
        kubectl("delete", "pod", *replaced, "--namespace", REPLICATED.host, "--wait=false")
        stays("it is available", 20, lambda: REPLICATED.condition(names.CLUSTER_READY)[0] == "True")
        REPLICATED.request(parts(message="again"), size="replicated").wait_ready(180, "parts")
        with VirtualCluster(REPLICATED) as cluster:
            eventually("the change is there", 60, lambda: cluster.config_map("parts")["message"] == "again")
        eventually("all pods run again", 240, lambda: budget("currentHealthy") == [6], budget)
    finally:
        platform.set_settings()
    REPLICATED.delete()


def budget(*fields):
    status = get("poddisruptionbudget", REPLICATED.cluster, REPLICATED.host)["status"]
    return [status[field] for field in fields] if fields else status

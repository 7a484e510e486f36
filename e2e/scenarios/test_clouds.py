"""
Environments at cloud providers, with the kinds of the real providers and without a cloud: the scenarios play the providers, and the
cluster of another Environment is behind the kubeconfig. So charts really are installed, and what cannot be seen is whether a cloud
accepts what the API server accepts.
"""
import json
import os
import time
from pathlib import Path

import pytest

from scenarios import clouds, names, platform, test_install
from scenarios.breaker import Bucket
from scenarios.charts import parts
from scenarios.commands import CROSSPLANE, HOME, TEAM, apply, items, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after, needs
from scenarios.test_examples import composed
from scenarios.virtual_cluster import VirtualCluster
from scenarios.yaml_files import document, read

BEHIND = Environment("behind")  # the one whose cluster is behind the kubeconfigs
APP, SECOND = parts(lingers=5), parts("second")
LETTER = {"name": "letter", "manifest": {"apiVersion": "v1", "kind": "ConfigMap", "data": {"message": "hello"},
                                         "metadata": {"name": "letter", "namespace": "default"}}}
# In the order of their creation.
PARTS = {"gke": ["cluster", "node-pool"], "aks": ["resource-group", "cluster"],
         "eks": ["role-cluster", "role-nodes", "cluster", "cluster-auth"]}
LARGER = {"gke": "e2-standard-8", "aks": "Standard_D8s_v5"}  # the nodes of the size cloud-large
# What the provider says: what stays the same, and what changes with each attempt, where ID is.
FAULTS = {
    "gke": ("googleapi: Error 403: Insufficient regional quota to satisfy request",
            "{words}.\nDetails:\n[\n  {{\n    \"@type\": \"type.googleapis.com/google.rpc.RequestInfo\",\n"
            "    \"requestId\": \"0x{id}\"\n  }}\n]\n, forbidden"),
    "aks": ("ErrCode_InsufficientVCPUQuota: Insufficient vcpu quota requested 8, remaining 4", "{words}. Correlation ID: {id}-41a1."),
    "eks": ("ResourceLimitExceededException: You have reached the maximum number of clusters",
            "https response error StatusCode: 400, RequestID: {id}-11e9-a98d-d92990e73a23, {words}.")}
IDENTITY = {"namespace": CROSSPLANE, "name": "gcp-environments", "key": "credentials.json"}  # as in examples/gke
ACCESS = {}  # once there is a cluster


@after(test_install.test_installed)
@needs("CLOUD_CRDS")
def test_fields():
    """
    The API server accepts every managed resource in the examples with the real kinds, which are those that the packages activate,
    and knows all their fields.
    """
    clouds.remove_kinds()
    clouds.install_kinds()
    managed = [one for path in sorted((HOME / "examples").glob("**/response.yaml")) if ".upbound.io/" in path.read_text()
               for one in composed(document(path)) if ".upbound.io/" in one["apiVersion"]]
    assert {f"{one['kind'].lower()}s.{one['apiVersion'].split('/')[0]}" for one in managed} == {
        kind for cloud in clouds.CLOUDS for kind in clouds.kinds(cloud)}
    answer = dry_run(managed)
    assert not answer.returncode, answer.stderr
    note(f"{len(managed)} managed resources")
    managed[0]["spec"]["forProvider"]["locatoin"] = "here"
    assert "unknown field" in dry_run(managed[:1]).stderr, "a misspelt field is accepted"


def dry_run(things):
    return kubectl("create", "--dry-run=server", "--validate=strict", "--filename", "-", may_fail=True,
                   given=json.dumps({"apiVersion": "v1", "kind": "List", "items": things}))


@after(test_fields)
def test_cluster_behind():
    """An Environment is ready whose cluster the scenarios have the clouds create."""
    BEHIND.request(size="small").wait_ready(180)
    with VirtualCluster(BEHIND) as cluster:
        kubectl(*cluster.flags, "apply", "--server-side", "--filename", Path(os.environ["CLOUD_CRDS"]) / clouds.IN_CLUSTER)
        ACCESS["cluster"] = clouds.Access(cluster)


@after(test_cluster_behind)
@pytest.mark.timeout(1200)
def test_gke():
    """
    A cluster at Google is created and deleted in order, with apps in it; a quota that is used up and a missing Secret of the identity
    are reported in the words of the providers.
    """
    try:
        whole_life("gke", missing_identity)
    finally:
        kubectl("delete", "secret", IDENTITY["name"], "--namespace", CROSSPLANE, "--ignore-not-found")


@after(test_cluster_behind)
@pytest.mark.timeout(1200)
def test_aks():
    """A cluster at Azure is created and deleted in order, with apps in it; a quota that is used up is reported in Azure's words."""
    whole_life("aks")


@after(test_cluster_behind)
@pytest.mark.timeout(1200)
def test_eks():
    """
    A cluster at Amazon is created and deleted in order, with apps, a storage class and a node pool in it; a limit that is reached is
    reported in Amazon's words.
    """
    whole_life("eks")
    with VirtualCluster(BEHIND) as cluster:  # which Amazon would have deleted
        assert cluster.get("storageclass", "environment", "default")["provisioner"] == "ebs.csi.eks.amazonaws.com"
        assert cluster.get("nodepools.karpenter.sh", "environment", "default")["spec"]["limits"]["cpu"] == "8"


@after(test_cluster_behind)
def test_kinds_removed():
    """The kinds and the cluster behind them are removed."""
    platform.set_settings()
    BEHIND.delete()
    clouds.remove_kinds()
    assert not [one for one in kubectl("get", "crds", "--output", "name").stdout.split() if one.endswith(".upbound.io")]


def whole_life(name, before_access=lambda environment: None):
    environment = Environment(f"at-{name}")
    platform.set_settings(sizes=read(HOME / f"examples/{name}/settings.yaml")[0]["data"]["sizes"])
    with clouds.Cloud(name, environment, ACCESS["cluster"]) as cloud:
        fail(cloud, environment)
        before_access(environment)
        environment.wait_ready(420, "parts", "second")
        note(f"ready after {environment.ready_after():.0f} s")
        assert cloud.history == steps(PARTS[name], "create", "created")
        check_status(cloud, environment)
        with VirtualCluster(BEHIND) as cluster:
            assert cluster.config_map("parts")["message"] == cluster.config_map("second")["message"] == "hello"
            assert cluster.get("configmap", "letter", "default")["data"] == {"message": "hello"}
            change(environment, cloud, cluster)
            delete(environment, cloud, cluster)


def steps(its_parts, *verbs):
    return [(verb, part) for part in its_parts for verb in verbs]


def fail(cloud, environment):
    """The cluster cannot be created. The text in the status does not change with each attempt."""
    words, message = FAULTS[cloud.name]
    cloud.fault = lambda: "async create failed: failed to create the resource: [{0 " + message.format(
        words=words, id=f"{int(time.monotonic() / 10):08x}") + "  []}]"
    environment.request(APP, SECOND, manifests=[LETTER], size="cloud")
    eventually("the fault is reported", 90, lambda: words in environment.condition(names.CLUSTER_READY)[2],
               lambda: environment.condition(names.CLUSTER_READY))
    reported = environment.condition(names.CLUSTER_READY)
    assert reported[:2] == ("False", names.FAILING)
    note(f"“{reported[2][:200]}”")
    stays("the text is the same while the provider tries again", 25,
          lambda: environment.condition(names.CLUSTER_READY) == reported)
    cloud.fault = None


def missing_identity(environment):
    """Without the Secret of the identity, nothing is installed. What the providers say is reported once they had time to start."""
    kubectl("delete", "secret", IDENTITY["name"], "--namespace", CROSSPLANE, "--ignore-not-found")  # of an interrupted run
    eventually("the missing Secret is reported", 300, lambda: f'Secret "{IDENTITY["name"]}" not found' in environment.condition(
        names.CLUSTER_READY)[2], lambda: environment.condition(names.CLUSTER_READY))
    note(f"“{environment.condition(names.CLUSTER_READY)[2][:240]}”")
    assert names.app("parts") not in environment.components()
    apply({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": IDENTITY["name"], "namespace": CROSSPLANE},
           "stringData": {IDENTITY["key"]: ACCESS["cluster"].token}})


def check_status(cloud, environment):
    """As in the example, and with the Secret that the provider has written."""
    example = document(HOME / f"examples/{cloud.name}/response.yaml")["composite"]["resource"]["status"]["cluster"]
    cluster = environment.status["cluster"]
    assert {field: cluster.get(field) for field in example} == example | {"name": cluster["name"]}
    assert environment.status["kubeconfig"]["key"] == "kubeconfig"
    assert cluster["name"] in environment.status["connect"]
    assert environment.breaker_stayed_closed()
    note(f"at least {Bucket(environment, cloud.kinds).lowest():.0f} tokens of the circuit breaker left")
    note(f"{cluster['billableResources']} billable, {cluster['pricePerHour']} an hour, `{environment.status['connect']}`")


def change(environment, cloud, cluster):
    """Sizes that it cannot have change nothing, another one scales it up and down, and a removed app is uninstalled."""
    parts_before = {clouds.component(one): one for one in cloud.parts()}
    uids = environment.component_uids()
    for size in ("clod", "small", "cloud-elsewhere"):
        environment.request(APP, SECOND, manifests=[LETTER], size=size)
        eventually("it is refused", 60, lambda: "spec.size" in environment.condition(names.ACCEPTED)[2])
        assert environment.component_uids() == uids
        assert {clouds.component(one): one["spec"] for one in cloud.parts()} == {
            part: one["spec"] for part, one in parts_before.items()}
    environment.request(APP, manifests=[LETTER], size="cloud-large")
    environment.wait_ready(180, "parts")
    eventually("the other app is uninstalled", 60, lambda: "configmap/second" not in cluster.names("configmaps", "second"))
    scaled = {clouds.component(one): one for one in cloud.parts()}
    assert {part: one["metadata"]["uid"] for part, one in scaled.items()} == {
        part: one["metadata"]["uid"] for part, one in parts_before.items()}
    assert LARGER.get(cloud.name, "") in str(scaled)
    environment.request(APP, manifests=[LETTER], size="cloud")
    small = {part: one["spec"] for part, one in parts_before.items()}
    eventually("nothing of the larger size is left", 60, lambda: {
        clouds.component(one): one["spec"] for one in cloud.parts()} == small)
    stays("the providers bring nothing of it back", 15, lambda: {
        clouds.component(one): one["spec"] for one in cloud.parts()} == small)
    environment.wait_ready(180, "parts")


def delete(environment, cloud, cluster):
    """The app is uninstalled while the cluster runs, and then each part is deleted before what it needs."""
    created, secret = len(cloud.history), environment.secret
    eventually("the deletion is no longer refused because of the other app", 60, lambda: not kubectl(
        "delete", environment.kind, environment.name, "--namespace", TEAM, "--wait=false", may_fail=True).returncode)
    start = time.monotonic()

    def left():
        return [*environment.components(), *map(clouds.component, cloud.parts()), *(one["metadata"]["name"] for one in items(
            "secrets", TEAM, "--field-selector", f"metadata.name={secret}"))]
    eventually("nothing is left", 300, lambda: not left(), left)
    note(f"nothing left after {time.monotonic() - start:.0f} s")
    assert cloud.history[created:] == steps(PARTS[cloud.name][::-1], "delete", "deleted")
    assert cloud.charts == {part: [] for part in PARTS[cloud.name]}, "a part was deleted before what is in the cluster"
    assert "configmap/parts" not in cluster.names("configmaps", "parts")
    assert "configmap/letter" not in cluster.names("configmaps", "default")

"""Charts of the platform that provider-helm has from the platform, so that no repository of a team can replace them."""
import json
import os

import pytest

from scenarios import names, platform, test_first_environment
from scenarios.charts import FILES, FIRST, PINNED, REPOSITORY, archive
from scenarios.commands import CROSSPLANE, apply, get, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note
from scenarios.marks import after, needs
from scenarios.packages import is_ready, provider_pods
from scenarios.virtual_cluster import VirtualCluster

VICTIM = Environment("victim")
CONFIG = ("deploymentruntimeconfig", "provider-helm")
NAME = "platform-charts"


@pytest.fixture(scope="module")
def pinned():
    """The chart of the catalog in a ConfigMap, and mounted as docs/install.md says."""
    before = get(*CONFIG)["spec"]
    apply({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": NAME, "namespace": CROSSPLANE},
           "binaryData": {PINNED: archive(FIRST, FILES, "pinned", "of the platform")}})
    mounts = [] if os.environ.get("CHARTS") else [("charts", {"emptyDir": {}}, {"mountPath": "/tmp/charts"})]
    mounts.append((NAME, {"configMap": {"name": NAME}},
                   {"mountPath": f"/tmp/charts/{PINNED}", "subPath": PINNED, "readOnly": True}))
    pod, spec = "/spec/deploymentTemplate/spec/template/spec", []
    for name, volume, mount in mounts:
        spec += [{"op": "add", "path": f"{pod}/volumes/-", "value": {"name": name} | volume},
                 {"op": "add", "path": f"{pod}/containers/0/volumeMounts/-", "value": {"name": name} | mount}]
    kubectl("patch", *CONFIG, "--type", "json", "--patch", json.dumps(spec))
    wait_for_provider(True)
    yield
    kubectl("patch", *CONFIG, "--type", "json", "--patch", json.dumps([{"op": "replace", "path": "/spec", "value": before}]))
    wait_for_provider(False)
    kubectl("delete", "configmap", NAME, "--namespace", CROSSPLANE)
    platform.set_settings()


def wait_for_provider(mounted):
    # As docs/install.md says: Crossplane does not watch a runtime configuration that an ImageConfig names.
    kubectl("annotate", "providerrevisions.pkg.crossplane.io", "--overwrite", f"e2e/runtime-configured={mounted}",
            "--selector", "pkg.crossplane.io/package=crossplane-contrib-provider-helm")
    def pods():
        return [(is_ready(pod), any(volume["name"] == NAME for volume in pod["spec"]["volumes"]))
                for pod in provider_pods("provider-helm")]
    eventually("provider-helm runs with its charts", 120, lambda: pods() == [(True, mounted)], pods)


@after(test_first_environment.test_ready)
@needs("PROVIDERS")
def test_replaced_by_a_team(pinned):
    """A repository of a team cannot replace a chart of the catalog that is pinned."""
    chart = {"repository": REPOSITORY, "version": FIRST}
    platform.set_settings(catalog={"pinned": {"chart": chart | {"name": "pinned"}}}, limits={"chartRepositories": [REPOSITORY]})
    hostile = {"name": "hostile", "chart": chart | {"name": "hostile"}}
    VICTIM.request(hostile)
    eventually("the hostile chart cannot be stored", 240, lambda: "busy" in VICTIM.condition(names.APPS_READY)[2],
               lambda: VICTIM.condition(names.APPS_READY))
    note(f"“{VICTIM.condition(names.APPS_READY)[2][:160]}”")
    VICTIM.request(hostile, {"name": "pinned"})
    with VirtualCluster(VICTIM) as cluster:
        eventually("the chart of the platform is installed", 120,
                   lambda: cluster.config_map("pinned")["message"] == "of the platform")
    pod, = provider_pods("provider-helm")
    assert pod["status"]["containerStatuses"][0]["ready"]
    VICTIM.request({"name": "pinned"}).wait_ready(120, "pinned")
    VICTIM.delete()

"""The cluster before and after: whether it may be walked on, and without traces of an earlier walk."""
import os
import shutil
import time
from pathlib import Path

from stories import charts
from stories.environments import ENVIRONMENTS, KINDS, MARK
from stories.platform import SETTINGS, unset
from stories.walk import CROSSPLANE, TEAM, items, kubectl, patch

NAMESPACES = (TEAM, f"{TEAM}-b", f"{TEAM}-c")


def missing():
    """Why there is no cluster to walk on; nothing if there is."""
    if not shutil.which("kubectl"):
        return "kubectl is not in PATH"
    for variable in ("KUBECONFIG", "REGISTRY"):  # both, so that nobody's cluster is taken for one to be walked on
        if not os.environ.get(variable):
            return f"{variable} is not given"
    answer = kubectl("version", "--request-timeout=5s", may_fail=True)
    if answer.returncode:
        return f"the cluster of KUBECONFIG does not answer: {answer.stderr.strip().splitlines()[-1]}"
    if not items("crds", None, "--field-selector", "metadata.name=compositeresourcedefinitions.apiextensions.crossplane.io"):
        return "the cluster has no Crossplane"
    legacy = ["releases.helm.crossplane.io", "objects.kubernetes.crossplane.io"]
    foreign = [one for kind in [*KINDS[:2], *legacy] for one in items(kind, None, absent=True)
               if one["metadata"].get("namespace") not in (*NAMESPACES, CROSSPLANE)]
    if foreign:
        return f"the providers of the cluster are in use outside the namespaces {NAMESPACES}, so it is somebody's platform"
    if not os.environ.get("PROVIDERS"):
        for kind in ("clusterproviderconfigs.helm.m.crossplane.io", "clusterproviderconfigs.kubernetes.m.crossplane.io"):
            if kubectl("get", kind, "default", may_fail=True).returncode:
                return f"the cluster has no {kind} called default"
    theirs = kubectl("get", "environmentconfigs", "--selector", f"made-by!={TEAM}", "--output", "name").stdout
    if f"/{SETTINGS}\n" in theirs:
        return f"the cluster has an EnvironmentConfig {SETTINGS}, so it is somebody's platform"
    return None


def clean():
    """Takes away what an earlier walk may have left behind."""
    unset()
    for kind in (ENVIRONMENTS, "sandboxes.sandbox.example.org"):
        for one in items(kind, None, absent=True):
            if one["metadata"]["namespace"] in NAMESPACES:
                kubectl("delete", kind, one["metadata"]["name"], "--namespace", one["metadata"]["namespace"], "--wait=false",
                        may_fail=True)
    for _ in range(60):  # in a namespace that goes, providers cannot write what they need to let go of a thing
        left = [one for namespace in NAMESPACES for kind in KINDS for one in items(kind, namespace, absent=True)]
        if not left:
            break
        time.sleep(1)
    for one in left:  # what stays for ever failed a story, and must not fail the next walk too
        patch(f"{one['kind']}.{one['apiVersion'].split('/')[0]}", one["metadata"]["name"],
              {"metadata": {"finalizers": None}}, one["metadata"]["namespace"], may_fail=True)
    kubectl("delete", "namespaces", *NAMESPACES, charts.NAMESPACE, "--ignore-not-found", "--timeout=90s", may_fail=True)
    hosts = [one["metadata"]["name"] for one in items("namespaces", None, "--selector", MARK)
             if one["metadata"]["name"].startswith(f"env-{TEAM}-")]
    if hosts:
        kubectl("delete", "namespaces", *hosts, "--timeout=60s", may_fail=True)
    kubectl("delete", "imageconfigs.pkg.crossplane.io", "e2e-earlier", "--ignore-not-found", may_fail=True)
    kubectl("delete", "clusterrolebinding", "e2e-inside", "--ignore-not-found")
    for kind in ("composition", "xrd"):
        kubectl("delete", kind, "sandboxes.sandbox.example.org", "--ignore-not-found", "--timeout=60s", may_fail=True)
    for chart in Path(os.environ.get("CHARTS", "/nonexistent")).glob("parts-*.tgz"):
        chart.unlink(missing_ok=True)

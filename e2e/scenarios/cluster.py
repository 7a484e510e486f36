"""The host cluster before and after a run: whether it can be used, and without what an earlier run has left."""
import os
import shutil
import time
from pathlib import Path

from scenarios import charts, clouds, names, nodes
from scenarios.commands import CROSSPLANE, NAMESPACES, TEAM, items, kubectl, patch
from scenarios.platform import remove_settings


def reason_not_to_run():
    """Why there is no cluster to run on; None if there is one."""
    if not shutil.which("kubectl"):
        return "kubectl is not in PATH"
    for variable in ("KUBECONFIG", "REGISTRY"):  # both, so that no cluster is used by accident
        if not os.environ.get(variable):
            return f"{variable} is not set"
    answer = kubectl("version", "--request-timeout=5s", may_fail=True)
    if answer.returncode:
        return f"the cluster of KUBECONFIG does not answer: {answer.stderr.strip().splitlines()[-1]}"
    if not items("crds", None, "--field-selector", "metadata.name=compositeresourcedefinitions.apiextensions.crossplane.io"):
        return "the cluster has no Crossplane"
    legacy = ["releases.helm.crossplane.io", "objects.kubernetes.crossplane.io"]
    foreign = [one for kind in [names.RELEASES, names.OBJECTS, *legacy] for one in items(kind, None, absent=True)
               if one["metadata"].get("namespace") not in (*NAMESPACES, CROSSPLANE)]
    if foreign:
        return f"the cluster is in use: its providers have resources outside the namespaces {', '.join(NAMESPACES)}"
    if not os.environ.get("PROVIDERS"):
        for kind in ("clusterproviderconfigs.helm.m.crossplane.io", "clusterproviderconfigs.kubernetes.m.crossplane.io"):
            if kubectl("get", kind, "default", may_fail=True).returncode:
                return f"PROVIDERS is not set, and the cluster has no {kind} called default"
    others = kubectl("get", "environmentconfigs", "--selector", f"made-by!={TEAM}", "--output", "name").stdout
    if f"/{names.SETTINGS}\n" in others:
        return f"the cluster is in use: it has an EnvironmentConfig {names.SETTINGS} that is not ours"
    return None


def clean():
    """Removes what an earlier run may have left."""
    remove_settings()
    for kind in (names.ENVIRONMENTS, names.SANDBOXES):
        for one in items(kind, None, absent=True):
            if one["metadata"]["namespace"] in NAMESPACES:
                kubectl("delete", kind, one["metadata"]["name"], "--namespace", one["metadata"]["namespace"], "--wait=false",
                        may_fail=True)
    if items("crds", None, "--field-selector", f"metadata.name={names.PROVIDER_CONFIGS}"):
        kubectl("delete", names.PROVIDER_CONFIGS, "--all-namespaces", "--selector", f"made-by={TEAM}", "--wait=false")
    for _ in range(60):  # in a namespace that is being deleted, providers cannot write what they need for a deletion
        left = [one for namespace in NAMESPACES for kind in names.COMPOSED_KINDS for one in items(kind, namespace, absent=True)]
        if not left:
            break
        time.sleep(1)
    for one in left:  # whatever stays for ever has failed a scenario, and must not fail the next run too
        patch(f"{one['kind']}.{one['apiVersion'].split('/')[0]}", one["metadata"]["name"],
              {"metadata": {"finalizers": None}}, one["metadata"]["namespace"], may_fail=True)
    clouds.remove_kinds()
    nodes.release()
    kubectl("delete", "namespaces", *NAMESPACES, charts.NAMESPACE, "--ignore-not-found", "--timeout=90s", may_fail=True)
    hosts = [one["metadata"]["name"] for one in items("namespaces", None)
             if one["metadata"]["name"].startswith(f"{names.HOST_PREFIX}{TEAM}-")]
    if hosts:
        kubectl("delete", "namespaces", *hosts, "--timeout=60s", may_fail=True)
    kubectl("delete", "clusterrolebinding", "e2e-inside", "--ignore-not-found")
    for kind in ("composition", "xrd"):
        kubectl("delete", kind, names.SANDBOXES, "--ignore-not-found", "--timeout=60s", may_fail=True)
    kubectl("delete", "xrd", names.DATABASES, "--ignore-not-found", "--timeout=60s", may_fail=True)
    for pattern in ("parts-*.tgz", "pinned-*.tgz", "hostile-*.tgz", "vcluster-0.36.[0-9][0-9][0-9]*.tgz"):
        for chart in Path(os.environ.get("CHARTS", "/nonexistent")).glob(pattern):
            chart.unlink(missing_ok=True)

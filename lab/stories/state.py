"""The cluster before and after: whether it may be walked on, and without traces of an earlier walk."""
import os
import shutil
import time

from stories.environments import KINDS, SETTINGS
from stories.walk import TEAM, items, kubectl


def missing():
    """Why there is no cluster to walk on; nothing if there is."""
    if not shutil.which("kubectl"):
        return "kubectl is not in PATH"
    for variable in ("KUBECONFIG", "REGISTRY"):  # both, so that nobody's cluster is taken for a lab
        if not os.environ.get(variable):
            return f"{variable} is not given"
    answer = kubectl("version", "--request-timeout=5s", may_fail=True)
    if answer.returncode:
        return f"the cluster of KUBECONFIG does not answer: {answer.stderr.strip().splitlines()[-1]}"
    if os.environ.get("PROVIDERS"):
        used = kubectl("get", ",".join(KINDS[:2]), "--all-namespaces", "--output", "name", may_fail=True).stdout.split()
        mine = kubectl("get", ",".join(KINDS[:2]), "--namespace", TEAM, "--output", "name", may_fail=True).stdout.split()
        if len(used) > len(mine):
            return f"the providers of the cluster are in use outside the namespace {TEAM}, so it is somebody's platform"
    else:
        for kind in ("clusterproviderconfigs.helm.m.crossplane.io", "clusterproviderconfigs.kubernetes.m.crossplane.io"):
            if kubectl("get", kind, "default", may_fail=True).returncode:
                return f"the cluster has no {kind} called default"
    theirs = kubectl("get", "environmentconfigs", "--selector", f"made-by!={TEAM}", "--output", "name").stdout
    if f"/{SETTINGS}\n" in theirs:
        return f"the cluster has an EnvironmentConfig {SETTINGS}, so it is somebody's platform"
    return None


def clean():
    """Takes away what an earlier walk may have left behind."""
    kubectl("delete", "environmentconfigs", "--selector", f"made-by={TEAM}", may_fail=True)
    kubectl("delete", "environments.platform.internal", "--all", "--namespace", TEAM, "--wait=true", "--timeout=60s",
            may_fail=True)
    kubectl("delete", KINDS[1], TEAM, "--namespace", TEAM, "--ignore-not-found", may_fail=True)
    for _ in range(60):  # in a namespace that goes, providers cannot write what they need to let go of a thing
        if not items(",".join(KINDS)):
            break
        time.sleep(1)
    for one in items(",".join(KINDS)):  # what stays for ever failed a story, and must not fail the next walk too
        kubectl("patch", f"{one['kind']}.{one['apiVersion'].split('/')[0]}", one["metadata"]["name"], "--namespace",
                TEAM, "--type", "merge", "--patch", '{"metadata": {"finalizers": null}}', may_fail=True)
    kubectl("delete", "namespace", TEAM, "--ignore-not-found", "--timeout=90s", may_fail=True)

"""A node for one size, with a label, a taint and a runtime class. While it is reserved, no other pod starts there."""
from contextlib import contextmanager

from scenarios.commands import apply, items, kubectl

POOL, PLACED, RUNTIME_CLASS = "e2e/pool", "placed", "e2e-placed"


@contextmanager
def reserved():
    """The name of the node."""
    name = next(one["metadata"]["name"] for one in items("nodes", None) if not one["spec"].get("taints"))
    try:
        # The handler that containerd has by default.
        apply({"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": RUNTIME_CLASS}, "handler": "runc"})
        kubectl("label", "node", name, f"{POOL}={PLACED}", "--overwrite")
        kubectl("taint", "node", name, f"{POOL}={PLACED}:NoSchedule", "--overwrite")
        yield name
    finally:
        release()


def release():
    """Also after an interrupted run. A taint that is not there is an error."""
    kubectl("taint", "nodes", "--all", f"{POOL}-", may_fail=True)
    kubectl("label", "nodes", "--all", f"{POOL}-", may_fail=True)
    kubectl("delete", "runtimeclass", RUNTIME_CLASS, "--ignore-not-found", may_fail=True)

"""
The Gateway API. The scenarios install its HTTPRoute, from the folder GATEWAY_CRDS, and play the controller of a Gateway: it says of a
route whether it serves it.
"""
import os
import time
from contextlib import contextmanager
from pathlib import Path

from scenarios.commands import kubectl, patch

ROUTES = "httproutes.gateway.networking.k8s.io"
API = "gateway.networking.k8s.io/v1"
MADE = "made-by=e2e-gateway"
CONTROLLER = "e2e.example.org/gateway"


def install_kind():
    """Installs the kind, unless the cluster has it: then it is somebody else's, and stays."""
    if not kubectl("get", "crd", ROUTES, may_fail=True).returncode:
        return
    kubectl("apply", "--server-side", "--filename", Path(os.environ["GATEWAY_CRDS"]) / "gateway.networking.k8s.io_httproutes.yaml")
    kubectl("label", "crd", ROUTES, MADE)
    kubectl("wait", "--for=condition=Established", f"crd/{ROUTES}", "--timeout=30s")


def remove_kind():
    kubectl("delete", "crds", "--selector", MADE, "--timeout=60s", may_fail=True)


@contextmanager
def kind():
    install_kind()
    try:
        yield
    finally:
        remove_kind()


def answer(route, **conditions):
    """The controller says this of the route as it is: by the type of each condition, its status and its reason."""
    said = {"message": "", "observedGeneration": route["metadata"]["generation"],
            "lastTransitionTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
    listed = [said | {"type": name, "status": status, "reason": reason} for name, (status, reason) in conditions.items()]
    parents = [{"parentRef": parent, "controllerName": CONTROLLER, "conditions": listed} for parent in route["spec"]["parentRefs"]]
    patch(ROUTES, route["metadata"]["name"], {"status": {"parents": parents}}, route["metadata"]["namespace"], subresource="status")

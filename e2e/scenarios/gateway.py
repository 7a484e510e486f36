"""
The Gateway API. The scenarios install its kinds, from the folder GATEWAY_CRDS, and play the controller of a Gateway: it says of a
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


def install_kinds(files="gateway.networking.k8s.io_httproutes.yaml"):
    """Installs the kinds, unless the cluster has routes: then they are somebody else's, and stay."""
    if not kubectl("get", "crd", ROUTES, may_fail=True).returncode:
        return
    for file in sorted(Path(os.environ["GATEWAY_CRDS"]).glob(files)):
        kubectl("apply", "--server-side", "--filename", file)
        kubectl("label", "--filename", file, MADE)
        kubectl("wait", "--for=condition=Established", "--filename", file, "--timeout=30s")


def remove_kinds():
    kubectl("delete", "crds", "--selector", MADE, "--timeout=60s", may_fail=True)


@contextmanager
def kinds():
    install_kinds("gateway.networking.k8s.io_*.yaml")
    try:
        yield
    finally:
        remove_kinds()


def answer(route, **conditions):
    """The controller says this of the route as it is: by the type of each condition, its status and its reason."""
    said = {"message": "", "observedGeneration": route["metadata"]["generation"],
            "lastTransitionTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
    listed = [said | {"type": name, "status": status, "reason": reason} for name, (status, reason) in conditions.items()]
    parents = [{"parentRef": parent, "controllerName": CONTROLLER, "conditions": listed} for parent in route["spec"]["parentRefs"]]
    patch(ROUTES, route["metadata"]["name"], {"status": {"parents": parents}}, route["metadata"]["namespace"], subresource="status")

"""Traefik, from the image TRAEFIK_IMAGE: the ingress controller and the Gateway of a platform, as a real program."""
import http.client
import os
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit

from scenarios.commands import apply, kubectl
from scenarios.names import ENVIRONMENT_LABEL

NAMESPACE = NAME = "e2e-traefik"
PORT = 8000
LISTENER = "web"
# It copies this into the status of what it serves. Nothing is there.
ADDRESS = "192.0.2.10"
ARGUMENTS = [f"--entrypoints.{LISTENER}.address=:{PORT}", "--global.checknewversion=false",
             "--providers.kubernetesingress", f"--providers.kubernetesingress.ingressclass={NAME}",
             f"--providers.kubernetesingress.ingressendpoint.ip={ADDRESS}", "--providers.kubernetesgateway",
             f"--providers.kubernetesgateway.statusaddress.ip={ADDRESS}"]
READ = {"verbs": ["get", "list", "watch"]}
STATUS = {"verbs": ["update", "patch"]}
RULES = [
    READ | {"apiGroups": [""], "resources": ["services", "secrets", "configmaps", "namespaces", "nodes", "pods"]},
    READ | {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"]},
    READ | {"apiGroups": ["networking.k8s.io"], "resources": ["ingresses", "ingressclasses"]},
    READ | {"apiGroups": ["gateway.networking.k8s.io"], "resources": ["*"]},
    STATUS | {"apiGroups": ["networking.k8s.io"], "resources": ["ingresses/status"]},
    STATUS | {"apiGroups": ["gateway.networking.k8s.io"], "resources": [
        "gatewayclasses/status", "gateways/status", "httproutes/status"]}]


def named(api, kind, content, **metadata):
    return {"apiVersion": api, "kind": kind, "metadata": {"name": NAME, "labels": {"made-by": NAME}} | metadata} | content


def install():
    """With an IngressClass, and a Gateway that admits the routes of Environments. Both have the name NAME."""
    labels = {"app": NAME}
    apply(
        named("v1", "Namespace", {}),
        named("v1", "ServiceAccount", {}, namespace=NAMESPACE),
        named("rbac.authorization.k8s.io/v1", "ClusterRole", {"rules": RULES}),
        named("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", {
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": NAME},
            "subjects": [{"kind": "ServiceAccount", "name": NAME, "namespace": NAMESPACE}]}),
        named("networking.k8s.io/v1", "IngressClass", {"spec": {"controller": "traefik.io/ingress-controller"}}),
        named("gateway.networking.k8s.io/v1", "GatewayClass", {"spec": {"controllerName": "traefik.io/gateway-controller"}}),
        named("gateway.networking.k8s.io/v1", "Gateway", {"spec": {"gatewayClassName": NAME, "listeners": [
            {"name": LISTENER, "protocol": "HTTP", "port": PORT, "allowedRoutes": {"namespaces": {
                "from": "Selector", "selector": {"matchExpressions": [
                    {"key": ENVIRONMENT_LABEL, "operator": "Exists"}]}}}}]}}, namespace=NAMESPACE),
        named("apps/v1", "Deployment", {"spec": {"selector": {"matchLabels": labels}, "template": {
            "metadata": {"labels": labels},
            "spec": {"serviceAccountName": NAME, "terminationGracePeriodSeconds": 0, "containers": [
                {"name": "traefik", "image": os.environ["TRAEFIK_IMAGE"], "args": ARGUMENTS,
                 "readinessProbe": {"tcpSocket": {"port": PORT}, "periodSeconds": 1}}]}}}}, namespace=NAMESPACE))
    kubectl("rollout", "status", f"deployment/{NAME}", "--namespace", NAMESPACE, "--timeout=120s")


def remove():
    kubectl("delete", "namespaces,clusterroles,clusterrolebindings,ingressclasses", "--selector", f"made-by={NAME}",
            "--ignore-not-found", "--timeout=60s", may_fail=True)
    kubectl("delete", "gatewayclasses", NAME, "--ignore-not-found", "--timeout=60s", may_fail=True)


@contextmanager
def forwarded():
    """The port of this machine from which requests reach it."""
    forward = subprocess.Popen(["kubectl", "port-forward", f"deployment/{NAME}", f":{PORT}", "--namespace", NAMESPACE],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        line = forward.stdout.readline()
        if not line:
            raise OSError("no connection to Traefik")
        yield int(line.split(" -> ")[0].rpartition(":")[2])
    finally:
        forward.kill()
        forward.wait()


def answer(url):
    """The status and the text that a client of the URL gets. Its name is in no DNS, so the client connects to Traefik itself."""
    parts = urlsplit(url)
    try:
        with forwarded() as port:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", parts.path or "/", headers={"Host": parts.netloc})
            response = connection.getresponse()
            return response.status, response.read().decode()
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)

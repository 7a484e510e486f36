"""The packages in the cluster, and the pods of the function and the providers."""
import json

from scenarios import names
from scenarios.commands import CROSSPLANE, conditions, get, items, kubectl, patch
from scenarios.expect import eventually


def installed_packages():
    return [(kind, one["metadata"]["name"]) for kind in ("configuration", "function", "provider")
            for one in items(f"{kind}s.pkg.crossplane.io")]


def function():
    """The name of the function in the Composition."""
    return get("composition", names.ENVIRONMENTS)["spec"]["pipeline"][0]["functionRef"]["name"]


def function_pods():
    """The pods of the current revision of the function."""
    revision = get("function", function())["status"]["currentRevision"]
    return [pod for pod in items("pods", CROSSPLANE)
            if pod["metadata"].get("labels", {}).get("pkg.crossplane.io/revision") == revision
            and "deletionTimestamp" not in pod["metadata"]]


def provider_pods(provider):
    return [pod for pod in items("pods", CROSSPLANE)
            if pod["metadata"].get("labels", {}).get("pkg.crossplane.io/provider", "").endswith(provider)]


def is_ready(pod):
    return conditions(pod).get("Ready", {}).get("status") == "True"


def two_function_pods():
    return eventually("two pods of the function are ready", 90, lambda: len(ready := [
        pod for pod in function_pods() if is_ready(pod)]) == 2 and ready)


def restarts(pods):
    return {pod["metadata"]["name"]: pod["status"]["containerStatuses"][0]["restartCount"] for pod in pods}


def delete_pod(pod, *flags):
    kubectl("delete", "pod", pod["metadata"]["name"], "--namespace", CROSSPLANE, *flags)


def replace_function_pods():
    for pod in function_pods():
        delete_pod(pod)
    return two_function_pods()


def restart_crossplane():
    kubectl("rollout", "restart", "deployment/crossplane", "--namespace", CROSSPLANE)
    kubectl("rollout", "status", "deployment/crossplane", "--namespace", CROSSPLANE, "--timeout=120s")


def fetch(pod, path):
    """What a pod answers over plain HTTP, through the API server, since not every machine reaches pods."""
    return kubectl("get", "--raw", f"/api/v1/namespaces/{CROSSPLANE}/pods/{pod['metadata']['name']}:8080/proxy/{path}").stdout


def metric(pod, name):
    """The sum of all series whose name starts so."""
    return sum(float(line.rsplit(" ", 1)[1]) for line in fetch(pod, "metrics").splitlines() if line.startswith(name))


def function_calls():
    """The calls that the running pods of the function have answered."""
    return sum(metric(pod, "grpc_server_handled_total{") for pod in function_pods())


def service_account_can(account, right):
    verb, resource = right.split()
    answer = kubectl("auth", "can-i", verb, resource, "--all-namespaces", "--as",
                     f"system:serviceaccount:{CROSSPLANE}:{account}", may_fail=True)
    assert answer.stdout.strip() in ("yes", "no"), f"cannot ask about the rights of {account}: {answer.stderr}"
    return answer.stdout.strip() == "yes"


def remove_packages():
    """Removes our packages and the providers, also those that were started by hand."""
    kubectl("delete", names.OBJECTS, "listening", "--namespace", CROSSPLANE, "--ignore-not-found", "--timeout=20s", may_fail=True)
    patch(names.OBJECTS, "listening", {"metadata": {"finalizers": None}}, CROSSPLANE, may_fail=True)
    for kind in ("helm", "kubernetes"):
        for one in items(f"clusterproviderconfigs.{kind}.m.crossplane.io", absent=True):
            name = one["metadata"]["name"]
            kubectl("delete", f"clusterproviderconfigs.{kind}.m.crossplane.io", name, "--wait=false")
            kubectl("patch", f"clusterproviderconfigs.{kind}.m.crossplane.io", name, "--type", "merge", "--patch",
                    json.dumps({"metadata": {"finalizers": None}}), may_fail=True)
    functions = [one["metadata"]["name"] for one in items("functions.pkg.crossplane.io", None)
                 if one["spec"]["package"].split(":v")[0].endswith("/function-environment")]
    for kind, name in installed_packages():
        if name in ("configuration-environment", *functions, *(f"crossplane-contrib-{one}" for one in names.PROVIDERS)):
            kubectl("delete", f"{kind}s.pkg.crossplane.io", name, "--timeout=60s")
    for kind in ("compositions", "compositeresourcedefinitions"):
        kubectl("delete", f"{kind}.apiextensions.crossplane.io", names.ENVIRONMENTS, "--ignore-not-found", "--timeout=60s")
    for name in names.PROVIDERS:
        kubectl("delete", "deployment", name, "--namespace", CROSSPLANE, "--ignore-not-found")
        kubectl("delete", "clusterrolebinding", name, "--ignore-not-found")
    left = [name for name in kubectl("get", "crds", "--output", "name").stdout.split()
            if name.endswith((".helm.crossplane.io", ".helm.m.crossplane.io", ".kubernetes.crossplane.io",
                              ".kubernetes.m.crossplane.io"))]
    if left:
        kubectl("delete", *left, "--ignore-not-found", "--timeout=60s")
    eventually("nothing of the packages is left", 60, lambda: not items("managedresourcedefinitions") and not installed_packages())

"""The packages, as the package manager installs them, and how the function then runs."""
import json
import os
import time

from stories import charts, platform
from stories.cluster import Watched
from stories.environments import CONFIGS, ENVIRONMENTS, OBJECTS, RELEASES, USAGES
from stories.state import NAMESPACES
from stories.walk import (CROSSPLANE, HOME, apply, conditions, equal, eventually, fail, get, holds, items, kubectl, note, patch,
                          run, story)

PROVIDERS = ("provider-helm", "provider-kubernetes")


@story("Both packages are built of this checkout, pushed, and installed by the package manager",
       needs=["crossplane", "REGISTRY"])
def installed(lab):
    if not lab.keep_function:
        if os.environ.get("PROVIDERS"):
            remove()
            # Where it is started while there are Environments, it may watch a kind twice, and then counts each event twice.
            restart_crossplane()
        pushed = run(HOME / "e2e/package", "--push", f"{os.environ['REGISTRY']}/e2e").stdout.strip()
        start = time.monotonic()
        run(HOME / "e2e/install", pushed)
        note(f"installed and healthy {time.monotonic() - start:.0f} s after the push")
    for kind, name in packages():
        def package():
            return {key: value["status"] for key, value in conditions(get(f"{kind}s.pkg.crossplane.io", name)).items()}
        # e2e/install has waited for it, but a provider was seen that had been healthy and a moment later was not.
        eventually(f"{kind} {name} is installed and healthy", 60, lambda: (
            package()["Installed"], package()["Healthy"]) == ("True", "True"), package)
    for namespace in NAMESPACES:
        apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}})
    charts.serve()
    platform.settings()
    for kind in (ENVIRONMENTS, RELEASES, OBJECTS, CONFIGS, USAGES, "events", "secrets"):
        Watched.of(kind)


@story("What the configuration depends on came with it, and no managed resource more than it needs is there",
       after=installed, needs=["PROVIDERS"])
def brought(lab):
    equal("packages", packages(), [("configuration", "configuration-environment"), ("function", function()),
                                   *(("provider", f"crossplane-contrib-{name}") for name in PROVIDERS)])
    active = {one["metadata"]["name"] for one in items("managedresourcedefinitions") if one["spec"]["state"] == "Active"}
    equal("what is active", active, {"objects.kubernetes.m.crossplane.io", "releases.helm.m.crossplane.io"})
    there = kubectl("get", "crds", "--output", "name").stdout
    holds("what is not active is not there", "/releases.helm.crossplane.io" not in there)


@story("The function runs as recommended: certificates, probes, two pods, nothing to write to, no shell", after=installed)
def recommended(lab):
    pods = two_pods()
    equal("restarts", set(starts(pods).values()), {0})
    for pod in pods:
        container, name = pod["spec"]["containers"][0], pod["metadata"]["name"]
        security = container["securityContext"]
        equal("user", security["runAsUser"], 2000)
        equal("its files are read only", security["readOnlyRootFilesystem"], True)
        equal("capabilities", security["capabilities"], {"drop": ["ALL"]})
        equal("probes", [word for word in container if word.endswith("Probe")].__len__(), 3)
        equal("memory", container["resources"]["limits"]["memory"], "384Mi")
        equal("mounts", [mount["mountPath"] for mount in container["volumeMounts"]], ["/tls/server"])
        for path in ("livez", "readyz"):
            fetch(pod, path)
        holds("its certificates are Crossplane's", metric(pod, 'tls_certificate_not_after_timestamp_seconds{file="tls.crt"}'))
        inside = ("exec", "--namespace", CROSSPLANE, name, "--")
        holds("programs of the image can be run", "25." in kubectl(*inside, "/opt/java/bin/java", "--version").stdout)
        answer = kubectl(*inside, "/bin/sh", "-c", "true", may_fail=True)
        holds(f"there is no shell: {answer.stderr}", answer.returncode and "no such file" in answer.stderr)
    note("user 2000, three probes, limit 384Mi, no restart")


@story("The providers may do what package/host says, and no more", after=installed, needs=["PROVIDERS"])
def least(lab):
    for provider, may in (("provider-helm", ("create statefulsets.apps", "create roles.rbac.authorization.k8s.io")),
                          ("provider-kubernetes", ("create namespaces", "get statefulsets.apps", "get resourcequotas"))):
        for right in may:
            holds(f"{provider} may {right}", can(provider, right))
        for right in ("* *", "create clusterroles.rbac.authorization.k8s.io", "escalate roles.rbac.authorization.k8s.io",
                      "bind clusterroles.rbac.authorization.k8s.io", "impersonate users", "create nodes",
                      "delete customresourcedefinitions.apiextensions.k8s.io", "create deployments.apps"):
            holds(f"{provider} may not {right}", not can(provider, right))
    holds("provider-helm may not make namespaces", not can("provider-helm", "create namespaces"))
    holds("provider-kubernetes may not make pods", not can("provider-kubernetes", "create pods"))
    for account in {pod["spec"]["serviceAccountName"] for pod in running()}:
        holds("the function may do nothing", not can(account, "get secrets") and not can(account, "list namespaces"))


def packages():
    return [(kind, one["metadata"]["name"]) for kind in ("configuration", "function", "provider")
            for one in items(f"{kind}s.pkg.crossplane.io")]


def function():
    """The name of the function, as the Composition calls it."""
    return get("composition", ENVIRONMENTS)["spec"]["pipeline"][0]["functionRef"]["name"]


def running():
    """The pods of the current revision of the function."""
    revision = get("function", function())["status"]["currentRevision"]
    return [pod for pod in items("pods", CROSSPLANE)
            if pod["metadata"].get("labels", {}).get("pkg.crossplane.io/revision") == revision
            and "deletionTimestamp" not in pod["metadata"]]


def working(provider):
    """The pods of a provider."""
    return [pod for pod in items("pods", CROSSPLANE)
            if pod["metadata"].get("labels", {}).get("pkg.crossplane.io/provider", "").endswith(provider)]


def is_ready(pod):
    return conditions(pod).get("Ready", {}).get("status") == "True"


def two_pods():
    return eventually("two pods of the function are ready", 90, lambda: len(ready := [
        pod for pod in running() if is_ready(pod)]) == 2 and ready)


def starts(pods):
    """How often each was started again."""
    return {pod["metadata"]["name"]: pod["status"]["containerStatuses"][0]["restartCount"] for pod in pods}


def delete(pod, *flags):
    kubectl("delete", "pod", pod["metadata"]["name"], "--namespace", CROSSPLANE, *flags)


def anew():
    """New pods instead of those that run."""
    for pod in running():
        delete(pod)
    return two_pods()


def fetch(pod, path):
    """What a pod answers over plain HTTP; the API server asks for us, since not every machine reaches pods."""
    return kubectl("get", "--raw", f"/api/v1/namespaces/{CROSSPLANE}/pods/{pod['metadata']['name']}:8080/proxy/{path}").stdout


def metric(pod, name):
    """The sum of all series whose name begins so."""
    return sum(float(line.rsplit(" ", 1)[1]) for line in fetch(pod, "metrics").splitlines() if line.startswith(name))


def can(account, right):
    verb, resource = right.split()
    answer = kubectl("auth", "can-i", verb, resource, "--all-namespaces", "--as",
                     f"system:serviceaccount:{CROSSPLANE}:{account}", may_fail=True)
    if answer.stdout.strip() not in ("yes", "no"):
        fail(f"cannot ask what {account} may do: {answer.stderr}")
    return answer.stdout.strip() == "yes"


def restart_crossplane():
    kubectl("rollout", "restart", "deployment/crossplane", "--namespace", CROSSPLANE)
    kubectl("rollout", "status", "deployment/crossplane", "--namespace", CROSSPLANE, "--timeout=120s")


def remove():
    """Takes away the packages and the providers that are there, those that were started by hand too."""
    kubectl("delete", OBJECTS, "listening", "--namespace", CROSSPLANE, "--ignore-not-found", "--timeout=20s", may_fail=True)
    patch(OBJECTS, "listening", {"metadata": {"finalizers": None}}, CROSSPLANE, may_fail=True)
    for kind in ("helm", "kubernetes"):
        for one in items(f"clusterproviderconfigs.{kind}.m.crossplane.io", absent=True):
            name = one["metadata"]["name"]
            kubectl("delete", f"clusterproviderconfigs.{kind}.m.crossplane.io", name, "--wait=false")
            kubectl("patch", f"clusterproviderconfigs.{kind}.m.crossplane.io", name, "--type", "merge", "--patch",
                    json.dumps({"metadata": {"finalizers": None}}), may_fail=True)
    functions = [one["metadata"]["name"] for one in items("functions.pkg.crossplane.io", None)
                 if one["spec"]["package"].split(":v")[0].endswith("/function-environment")]
    for kind, name in packages():
        if name in ("configuration-environment", *functions, *(f"crossplane-contrib-{one}" for one in PROVIDERS)):
            kubectl("delete", f"{kind}s.pkg.crossplane.io", name, "--timeout=60s")
    for kind in ("compositions", "compositeresourcedefinitions"):
        kubectl("delete", f"{kind}.apiextensions.crossplane.io", ENVIRONMENTS, "--ignore-not-found", "--timeout=60s")
    for name in PROVIDERS:
        kubectl("delete", "deployment", name, "--namespace", CROSSPLANE, "--ignore-not-found")
        kubectl("delete", "clusterrolebinding", name, "--ignore-not-found")
    left = [name for name in kubectl("get", "crds", "--output", "name").stdout.split()
            if name.endswith((".helm.crossplane.io", ".helm.m.crossplane.io", ".kubernetes.crossplane.io",
                              ".kubernetes.m.crossplane.io"))]
    if left:
        kubectl("delete", *left, "--ignore-not-found", "--timeout=60s")
    eventually("nothing of the packages is left", 60, lambda: not items("managedresourcedefinitions") and not packages())

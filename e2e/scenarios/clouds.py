"""
The providers of clouds. The scenarios install the kinds that these serve, from the folder CLOUD_CRDS, and play the providers: behind
the kubeconfig that they write is the cluster of another Environment.
"""
import base64
import json
import os
import threading
import time
from pathlib import Path

from scenarios import names
from scenarios.commands import CROSSPLANE, HOME, TEAM, CommandFailed, apply, items, kubectl, patch
from scenarios.watch import Watched
from scenarios.yaml_files import read

CLOUDS = ("gke", "aks", "eks")
MADE = {"made-by": TEAM}
# Seconds. Clouds take many minutes; what is created faster than Crossplane's watch circuit breaker gets its tokens back opens it.
CREATION, DELETION = 30, 4
# With Auto Mode, Amazon serves this kind in the cluster.
IN_CLUSTER = "karpenter.sh_nodepools.yaml"
ACCOUNT = "e2e-cloud"  # a ServiceAccount in the cluster
# What the providers report of a cluster that works.
AT_PROVIDER = {
    "gke": {"endpoint": "203.0.113.10", "masterVersion": "1.35.2-gke.1269000", "project": "acme-environments"},
    "aks": {"fqdn": "e2e.hcp.westeurope.azmk8s.example", "currentKubernetesVersion": "1.35.1"},
    "eks": {"endpoint": "https://0A1B2C3D.gr7.eu-central-1.eks.example", "version": "1.35"}}


def kinds(cloud):
    """The kinds that the package of a cloud activates, and no others, as kubectl takes them."""
    policy, = read(HOME / f"package/{cloud}/activation.yaml")
    return policy["spec"]["activate"]


def crd_file(kind):
    """Where provider repositories have it: in GROUP_PLURAL.yaml."""
    plural, group = kind.split(".", 1)
    return Path(os.environ["CLOUD_CRDS"]) / f"{group}_{plural}.yaml"


def install_kinds():
    """Installs the kinds of all clouds, and lets Crossplane compose them, as it does with the kinds of a provider's package."""
    every = [kind for cloud in CLOUDS for kind in kinds(cloud)]
    for kind in every:
        kubectl("apply", "--server-side", "--force-conflicts", "--filename", crd_file(kind))
        kubectl("label", "crd", kind, "--overwrite", "=".join(*MADE.items()))
    for kind in every:
        kubectl("wait", "--for=condition=Established", f"crd/{kind}", "--timeout=30s")
    apply({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
           "metadata": {"name": "e2e-clouds", "labels": MADE | {"rbac.crossplane.io/aggregate-to-crossplane": "true"}},
           "rules": [{"apiGroups": sorted({kind.split(".", 1)[1] for kind in every}), "resources": ["*"], "verbs": ["*"]}]})


def remove_kinds():
    """Also with what an interrupted run has left of them."""
    selector = "=".join(*MADE.items())
    for crd in items("crds", None, "--selector", selector):
        kind = crd["metadata"]["name"]
        for one in items(kind, None, absent=True):
            patch(kind, one["metadata"]["name"], {"metadata": {"finalizers": None}}, one["metadata"]["namespace"], may_fail=True)
    kubectl("delete", "crds,clusterroles", "--selector", selector, "--timeout=60s", may_fail=True)


class Access:
    """The credentials for the cluster behind the kubeconfigs, in the form of each cloud."""

    def __init__(self, cluster):
        self.token = service_account_token(cluster)
        self.config = json.loads(kubectl("config", "view", "--raw", "--output", "json", "--kubeconfig", cluster.file.name).stdout)

    def kubeconfig(self, cloud):
        """With a certificate at Azure, with a token at Amazon, and without credentials at Google."""
        user = {"gke": {}, "aks": self.config["users"][0]["user"], "eks": {"token": self.token}}[cloud]
        return json.dumps(self.config | {"users": [{"name": self.config["users"][0]["name"], "user": user}]})


def service_account_token(cluster):
    """Of an administrator of the cluster."""
    for words in (("serviceaccount", ACCOUNT, "--namespace", "kube-system"),
                  ("clusterrolebinding", ACCOUNT, "--clusterrole=cluster-admin", f"--serviceaccount=kube-system:{ACCOUNT}")):
        kubectl(*cluster.flags, "create", *words)
    return kubectl(*cluster.flags, "create", "token", ACCOUNT, "--namespace", "kube-system", "--duration=3h").stdout.strip()


class Cloud:
    """Plays the providers of one cloud for one Environment in a thread, and remembers in which order they had to do what."""

    def __init__(self, name, environment, access):
        self.name, self.environment, self.kubeconfig = name, environment, access.kubeconfig(name)
        self.kinds = kinds(name)
        for kind in self.kinds:
            Watched.of(kind)  # what they write counts for the circuit breaker
        self.fault = None  # a function of what the provider says instead of creating the cluster
        self.since, self.history = {}, []
        self.external = {}  # by part: the parameters that it has at the cloud
        self.charts = {}  # by part: the Releases that were there when its deletion began
        self.stopped = threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self.play, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def play(self):
        while not self.stopped.wait(0.5):
            try:
                for part in self.parts():
                    self.reconcile(part)
            except CommandFailed as error:  # what was read may be old
                print(f"a provider of {self.name} could not: {error}", flush=True)

    def parts(self):
        """The managed resources of the Environment, also after it is gone."""
        return [one for one in items(",".join(self.kinds), self.environment.namespace)
                if names.COMPOSITION_RESOURCE_NAME in one["metadata"].get("annotations", {}) and self.environment.owns(one)]

    def reached(self, step, name, seconds):
        """Remembers when a part began this, and whether that is long enough ago."""
        if (step, name) not in self.since:
            self.since[step, name] = time.monotonic()
            self.history.append((step, name))
        return time.monotonic() - self.since[step, name] >= seconds

    def reconcile(self, part):
        name, finalizers = component(part), set(part["metadata"].get("finalizers", []))
        if "deletionTimestamp" in part["metadata"]:
            if name not in self.charts:
                self.charts[name] = [component(one) for one in items(names.RELEASES, self.environment.namespace)
                                     if self.environment.owns(one)]
            if self.reached("delete", name, DELETION):
                self.reached("deleted", name, 0)
                self.change(part, {"metadata": {"finalizers": sorted(finalizers - {names.PROVIDER_FINALIZER})}})
            return
        if names.PROVIDER_FINALIZER not in finalizers:
            self.change(part, {"metadata": {"finalizers": sorted(finalizers | {names.PROVIDER_FINALIZER})}})
        created = self.reached("create", name, CREATION)
        fault = self.fault() if self.fault and name == names.CLUSTER else None
        if created and not fault:
            if ("created", name) not in self.since:
                self.write_secret(part)
            self.update(part)
            self.report(part, {"atProvider": self.at_provider(part), "conditions": conditions(part, True, None)})
            self.reached("created", name, 0)
        else:
            self.report(part, {"conditions": conditions(part, False, fault)})

    def update(self, part):
        """Providers that are built with Upjet write each field that is unset as the cloud has it, if the policies let them."""
        desired = part["spec"]["forProvider"]
        if {"*", "LateInitialize"} & set(part["spec"].get("managementPolicies", ["*"])):
            initialized = self.external.get(component(part), {}) | desired
            if initialized != desired:
                self.change(part, {"spec": {"forProvider": initialized}})
            desired = initialized
        self.external[component(part)] = desired

    def at_provider(self, part):
        if part["kind"] == "Role":  # Amazon chooses the rest of it
            return {"arn": f"arn:aws:iam::123456789012:role/{part['metadata']['annotations'][names.EXTERNAL_NAME]}"}
        return AT_PROVIDER[self.name] if component(part) == names.CLUSTER else {}

    def report(self, part, status):
        if any(part.get("status", {}).get(field, {}) != value for field, value in status.items()):
            self.change(part, {"status": status}, subresource="status")

    def write_secret(self, part):
        """The provider's Secret goes with the managed resource. Nobody else may write one of this name."""
        secret = part["spec"].get("writeConnectionSecretToRef")
        if secret:
            owner = {field: part[field] for field in ("apiVersion", "kind")} | {
                field: part["metadata"][field] for field in ("name", "uid")} | {"controller": True}
            apply({"apiVersion": "v1", "kind": "Secret", "type": "connection.crossplane.io/v1alpha1",
                   "metadata": secret | {"namespace": self.environment.namespace, "ownerReferences": [owner]},
                   "data": {"kubeconfig": base64.b64encode(self.kubeconfig.encode()).decode()}},
                  flags=["--as", f"system:serviceaccount:{CROSSPLANE}:provider", "--as-group", "system:masters"])

    def change(self, part, change, **options):
        group = part["apiVersion"].split("/")[0]
        patch(f"{part['kind'].lower()}s.{group}", part["metadata"]["name"], change, self.environment.namespace, **options)


def conditions(part, ready, fault):
    """Providers that are built with Upjet report an error of their last operation, and Synced while they try again."""
    states = {"LastAsyncOperation": ("False", "AsyncCreateFailure", fault) if fault else ("True", "Success", ""),
              "Ready": ("True", "Available", "") if ready else ("False", "Creating", ""),
              "Synced": ("True", "ReconcileSuccess", "")}
    return [{"type": kind, "status": status, "reason": reason, "message": message,
             "observedGeneration": part["metadata"]["generation"], "lastTransitionTime": "2026-01-01T00:00:00Z"}
            for kind, (status, reason, message) in states.items()]


def component(thing):
    return thing["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME]

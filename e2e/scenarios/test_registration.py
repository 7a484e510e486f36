"""
The registration of clusters in an Argo CD of the host. There is no provider-argocd: the scenarios install the kind that it serves,
and play the provider themselves.
"""
import time

from scenarios import names, platform, test_first_environment
from scenarios.commands import HOME, apply, items, kubectl, patch
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note, repaired_by, stays
from scenarios.marks import after
from scenarios.shared import DEV

REGISTERED = Environment("registered")
ARGOCD = {"argocdRegistration": {"providerConfig": "argocd", "labels": {"tier": "e2e"}, "environmentLabels": ["branch"]}}
PERMISSIONS = HOME / "package/host/argocd-registration.yaml"
SCHEMA = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
CRD = {
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": names.ARGOCD_CLUSTERS},
    "spec": {"group": "cluster.argocd.crossplane.io", "scope": "Cluster",
             "names": {"kind": "Cluster", "listKind": "ClusterList", "plural": "clusters", "singular": "cluster"},
             "versions": [{"name": "v1alpha1", "served": True, "storage": True, "subresources": {"status": {}},
                           "schema": {"openAPIV3Schema": SCHEMA | {"properties": {"spec": SCHEMA, "status": SCHEMA}}}}]}}


def clusters(environment):
    return items(names.ARGOCD_CLUSTERS, None, "--selector", f"{names.ENVIRONMENT_LABEL}={environment.host.rsplit('-', 1)[-1]}",
                 absent=True)


def usages(host):
    """By label: once the Environment is gone, only what uses it owns a Usage."""
    return items(names.USAGES, REGISTERED.namespace, "--selector", f"{names.ENVIRONMENT_LABEL}={host.rsplit('-', 1)[-1]}")


def report(cluster, **status):
    """As provider-argocd does: its finalizer, and the conditions of the resource."""
    patch(names.ARGOCD_CLUSTERS, cluster, {"metadata": {"finalizers": [names.PROVIDER_FINALIZER]}})
    patch(names.ARGOCD_CLUSTERS, cluster, {"status": {"conditions": [
        {"type": kind, "status": value, "reason": "Stub", "message": message, "lastTransitionTime": "2026-01-01T00:00:00Z"}
        for kind, (value, message) in status.items()]}}, subresource="status")


def clean_up():
    platform.set_settings()
    for one in items(names.ARGOCD_CLUSTERS, None, absent=True):
        patch(names.ARGOCD_CLUSTERS, one["metadata"]["name"], {"metadata": {"finalizers": None}}, may_fail=True)
    kubectl("delete", "crd", names.ARGOCD_CLUSTERS, "--ignore-not-found", may_fail=True)
    kubectl("delete", "--filename", PERMISSIONS, "--ignore-not-found", may_fail=True)


@after(test_first_environment.test_ready)
def test_without_provider():
    """While the kind of provider-argocd does not exist, an Environment that is to be registered is ready and says why it is not."""
    with repaired_by(clean_up):
        platform.set_settings(**ARGOCD)
        DEV.trigger()
        eventually("the registration fails", 120,
                   lambda: DEV.condition(names.REGISTRATION_READY)[:2] == ("False", names.FAILING))
        note(f"“{DEV.condition(names.REGISTRATION_READY)[2][:160]}”")
        stays("the Environment is ready", 15, lambda: DEV.condition("Ready")[0] == "True")
        assert DEV.status["summary"].startswith("Ready"), DEV.status["summary"]


@after(test_without_provider)
def test_registered():
    """When provider-argocd is there, the cluster is registered with the Secret of its kubeconfig and labels."""
    with repaired_by(clean_up):
        apply(CRD)
        kubectl("wait", "--for=condition=Established", f"crd/{names.ARGOCD_CLUSTERS}", "--timeout=30s")
        kubectl("apply", "--filename", PERMISSIONS)
        REGISTERED.request(PODINFO)
        kubectl("label", REGISTERED.kind, REGISTERED.name, "--namespace", REGISTERED.namespace, "branch=fix-cart", "other=x")
        REGISTERED.wait_ready(180, "podinfo")
        cluster = eventually("the Cluster is there", 120, lambda: clusters(REGISTERED))[0]
        spec = cluster["spec"]
        assert spec["providerConfigRef"] == {"name": "argocd"}
        assert spec["forProvider"] == {
            "name": cluster["metadata"]["name"],
            "config": {"kubeconfigSecretRef": {"name": REGISTERED.secret, "namespace": REGISTERED.namespace, "key": "kubeconfig"}},
            "labels": {"tier": "e2e", "branch": "fix-cart", f"{names.PREFIX}/kind": "Environment",
                       f"{names.PREFIX}/namespace": REGISTERED.namespace, f"{names.PREFIX}/name": REGISTERED.name,
                       f"{names.PREFIX}/size": "small"}}
        assert REGISTERED.status["registration"]["name"] == cluster["metadata"]["name"]
        report(cluster["metadata"]["name"], Synced=("False", "observe failed: cannot get Argocd Cluster"), Ready=("True", ""))
        eventually("it says what provider-argocd says", 120, lambda: "cannot get Argocd Cluster" in REGISTERED.condition(
            names.REGISTRATION_READY)[2])
        assert REGISTERED.condition("Ready")[0] == "True"
        report(cluster["metadata"]["name"], Synced=("True", ""), Ready=("True", ""))
        eventually("it is registered", 60, lambda: REGISTERED.condition(names.REGISTRATION_READY)[:2] == ("True", names.AVAILABLE))
        eventually("the Usage works", 60, lambda: names.REGISTRATION_USAGE in REGISTERED.components())


@after(test_registered)
def test_deleted_while_argo_cd_is_down():
    """
    Deleted while provider-argocd does not respond, an Environment and its host namespace are gone at once. What the provider
    needs stays, and goes after the provider has finished.
    """
    with repaired_by(clean_up):
        cluster, host, secret = clusters(REGISTERED)[0]["metadata"]["name"], REGISTERED.host, REGISTERED.secret
        kubectl("delete", REGISTERED.kind, REGISTERED.name, "--namespace", REGISTERED.namespace, "--wait=false")
        start = time.monotonic()
        eventually("the host namespace is gone", 60, lambda: not items(
            "namespaces", None, "--field-selector", f"metadata.name={host}"))
        note(f"host namespace gone after {time.monotonic() - start:.0f} s")
        assert not items(names.ENVIRONMENTS, REGISTERED.namespace, "--field-selector", f"metadata.name={REGISTERED.name}")
        stays("the Secret, the Release and its Usage are there", 30, lambda: set(REGISTERED.components()) >= {
            names.REGISTRATION, names.CLUSTER} and usages(host) and items(
                "secrets", REGISTERED.namespace, "--field-selector", f"metadata.name={secret}"))
        patch(names.ARGOCD_CLUSTERS, cluster, {"metadata": {"finalizers": None}})
        start = time.monotonic()
        eventually("nothing is left", 150, lambda: not REGISTERED.components() and not usages(host) and not items(
            "secrets", REGISTERED.namespace, "--field-selector", f"metadata.name={secret}"), REGISTERED.components)
        note(f"nothing left {time.monotonic() - start:.0f} s after the provider had finished")


@after(test_deleted_while_argo_cd_is_down)
def test_no_longer_registered():
    """When Settings no longer register clusters, the registration goes, and the Environment stays ready."""
    try:
        eventually("it is registered by now", 150, lambda: clusters(DEV))
        platform.set_settings()
        DEV.trigger()
        eventually("the registration is gone", 150, lambda: not clusters(DEV)
                   and names.REGISTRATION not in DEV.components() and names.REGISTRATION_USAGE not in DEV.components())
        eventually("it says so", 60, lambda: DEV.condition(names.REGISTRATION_READY)[1] == names.NOT_REQUESTED and not DEV.removing)
        DEV.wait_ready(60)
    finally:
        clean_up()

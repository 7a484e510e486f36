"""Environments in a cluster that exists: the cluster of another Environment, which has an API server of its own."""
import time

from scenarios import names, platform, test_install
from scenarios.charts import FIRST, REPOSITORY
from scenarios.commands import TEAM, apply, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.virtual_cluster import VirtualCluster

EXISTING = Environment("existing")
ONE, OTHER = Environment("share-one"), Environment("share-other")
CONFIG = "e2e-existing"
SHARE = {"providerConfig": CONFIG, "kubernetesVersion": "1.35", "connect": "kubectl config use-context existing",
         "cpu": "1", "memory": "1Gi", "pods": 5, "volumes": "1Gi",
         "podSecurity": "baseline"}  # A vcluster, as this cluster is, sets its own standard on every namespace.
APP = {"name": "same", "catalog": "parts", "values": {"clusterwide": True}}
LETTER = {"name": "letter", "manifest": {"apiVersion": "v1", "kind": "ConfigMap", "data": {"message": "hello"},
                                         "metadata": {"name": "letter", "namespace": "anywhere"}}}
CLUSTER_WIDE = "namespaces,clusterroles,clusterrolebindings,crds,persistentvolumes,priorityclasses"


def settings(**more):
    platform.set_settings(sizes={"shared": {"existing": SHARE | more}}, limits={"chartRepositories": [REPOSITORY]})


def object_names(cluster, namespace):
    """What an Environment put into its namespace."""
    return {one for one in cluster.names("configmaps,secrets,resourcequotas,limitranges,networkpolicies", namespace)
            if not one.endswith("kube-root-ca.crt")}


def suffix(environment):
    return environment.host.rsplit("-", 1)[-1]


@after(test_install.test_installed)
def test_missing_configuration():
    """While the ClusterProviderConfig of the size does not exist, the Environment quotes the provider and nothing is created."""
    for _, kind in names.CLUSTER_PROVIDER_CONFIGS:  # of an interrupted run
        kubectl("delete", kind, CONFIG, "--ignore-not-found")
    settings()
    ONE.request(APP, size="shared")
    eventually("the missing configuration is named", 120, lambda: CONFIG in ONE.condition(names.CLUSTER_READY)[2]
               and "not found" in ONE.condition(names.CLUSTER_READY)[2], lambda: ONE.condition(names.CLUSTER_READY))
    note(f"“{ONE.condition(names.CLUSTER_READY)[2][:160]}”")
    assert names.app("same") not in ONE.components()


@after(test_missing_configuration)
def test_side_by_side():
    """Two Environments with the same app are ready side by side in one cluster, each in a namespace that is isolated."""
    EXISTING.request(size="small").wait_ready(180)
    for api, _ in names.CLUSTER_PROVIDER_CONFIGS:
        apply({"apiVersion": api, "kind": "ClusterProviderConfig", "metadata": {"name": CONFIG}, "spec": {"credentials": {
            "source": "Secret", "secretRef": {"namespace": TEAM, "name": EXISTING.secret,
                                              "key": EXISTING.status["kubeconfig"]["key"]}}}})
    for environment in (ONE, OTHER):
        environment.request(APP, manifests=[LETTER], size="shared")
    for environment in (ONE, OTHER):
        environment.wait_ready(240, "same")
        assert environment.status["cluster"]["type"] == "existing" and "kubeconfig" not in environment.status
        assert environment.status["connect"] == SHARE["connect"]
    assert ONE.host != OTHER.host
    with VirtualCluster(EXISTING) as cluster:
        for environment in (ONE, OTHER):
            host, release = environment.host, f"same-{suffix(environment)}"
            assert {f"configmap/{release}", "configmap/letter", "resourcequota/environment", "limitrange/environment",
                    "networkpolicy.networking.k8s.io/environment"} <= object_names(cluster, host)
            assert f"clusterrole.rbac.authorization.k8s.io/{release}" in cluster.names(CLUSTER_WIDE, "default")
            quota = cluster.get("resourcequota", "environment", host)
            assert quota["status"]["hard"]["count/pods"] == "5" and "count/configmaps" in quota["status"]["used"]
            labels = cluster.get("namespace", host, host)["metadata"]["labels"]
            assert labels["pod-security.kubernetes.io/enforce"] == "baseline"


@after(test_side_by_side)
def test_hostile_requests():
    """A chart that the platform does not offer, and objects that could harm others, are refused. What exists stays."""
    binding = {"name": "everything", "manifest": {
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "e2e-hostile"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": ONE.host}]}}
    policy = {"name": "open", "manifest": {
        "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "open", "namespace": "kube-system"},
        "spec": {"podSelector": {}, "egress": [{}]}}}
    hostile = {"name": "hostile", "chart": {"repository": REPOSITORY, "name": "hostile", "version": FIRST}}
    ONE.request(APP, hostile, manifests=[LETTER, binding, policy], size="shared")
    eventually("all are refused", 60, lambda: all(path in ONE.condition(names.ACCEPTED)[2] for path in (
        "spec.apps[1].chart.repository", "spec.manifests[1].manifest.kind", "spec.manifests[2].manifest.kind")),
        lambda: ONE.condition(names.ACCEPTED))
    stays("no component for them", 10, lambda: names.app("hostile") not in ONE.components())
    with VirtualCluster(EXISTING) as cluster:
        assert "clusterrolebinding.rbac.authorization.k8s.io/e2e-hostile" not in cluster.names(CLUSTER_WIDE, "default")
        assert "networkpolicy.networking.k8s.io/open" not in object_names(cluster, ONE.host)
        assert {f"configmap/same-{suffix(ONE)}", "configmap/letter"} <= object_names(cluster, ONE.host)


@after(test_hostile_requests)
def test_another_size():
    """A misspelt size and one of another cluster lose nothing, and neither do Settings that move the size."""
    ONE.request(APP, manifests=[LETTER], size="shared").wait_ready(120, "same")
    uids = ONE.component_uids()
    for size in ("sharde", "small"):
        ONE.request(APP, manifests=[LETTER], size=size)
        eventually("it is refused", 60, lambda: "spec.size" in ONE.condition(names.ACCEPTED)[2])
        assert ONE.component_uids() == uids
    ONE.request(APP, manifests=[LETTER], size="shared")
    try:
        settings(providerConfig="e2e-another")
        ONE.trigger()
        eventually("it cannot move", 60, lambda: "cannot move" in ONE.condition(names.ACCEPTED)[2])
        assert ONE.component_uids() == uids
    finally:
        settings()
    ONE.trigger()
    ONE.wait_ready(120, "same")


@after(test_another_size)
def test_app_removed():
    """A removed app is uninstalled with what its chart created outside of the namespace; the other Environment keeps its own."""
    OTHER.request(manifests=[LETTER], size="shared")
    with VirtualCluster(EXISTING) as cluster:
        role = "clusterrole.rbac.authorization.k8s.io/same-"
        eventually("the ClusterRole is gone", 180, lambda: role + suffix(OTHER) not in cluster.names(CLUSTER_WIDE, "default"))
        assert role + suffix(ONE) in cluster.names(CLUSTER_WIDE, "default")
    OTHER.wait_ready(120)


@after(test_app_removed)
def test_deleted():
    """After a deletion nothing is left in the cluster, also nothing outside of the namespace."""
    with VirtualCluster(EXISTING) as cluster:
        for environment in (ONE, OTHER):
            host, hash_ = environment.host, suffix(environment)
            start = time.monotonic()
            kubectl("delete", environment.kind, environment.name, "--namespace", TEAM, "--wait=false")
            eventually(f"nothing is left of {environment}", 300, lambda: not [  # pylint: disable=cell-var-from-loop
                one for one in cluster.names(CLUSTER_WIDE, "default") if hash_ in one] and not environment.components(),
                lambda: (list(environment.components()), cluster.names("namespaces", host)))
            note(f"{environment}: {time.monotonic() - start:.0f} s")
    for _, kind in names.CLUSTER_PROVIDER_CONFIGS:
        kubectl("delete", kind, CONFIG, "--timeout=60s")
    platform.set_settings()
    EXISTING.delete()

"""Virtual clusters in another host cluster: the cluster of another Environment, which has an API server of its own."""
from scenarios import names, platform, test_install
from scenarios.charts import parts
from scenarios.commands import TEAM, apply, items, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note
from scenarios.marks import after
from scenarios.remains import Remains
from scenarios.virtual_cluster import VirtualCluster

OUTER, INNER = Environment("outer"), Environment("inner")
CONFIG = "e2e-outer"
WITHIN = "pods,services,persistentvolumeclaims,secrets,configmaps"
BEFORE = {}  # what is in the host cluster before there is anything in the other one


def outer_size():
    """With room for another cluster, and without network policies, which would keep the providers from reaching that one."""
    return platform.size(pods=20) | {"cpu": "4", "values": {"policies": {"networkPolicy": {"enabled": False}}}}


def settings(address=None):
    host = {"host": {"providerConfig": CONFIG, "address": address}} if address else {}
    platform.set_settings(sizes={"outer": {"vcluster": outer_size()}, "inside": {"vcluster": platform.size(pods=5) | host}})


def synced_name():
    """The name that vcluster gives the Service of the inner cluster in the namespace of the outer one."""
    return f"{INNER.cluster}-x-{INNER.host}-x-{OUTER.cluster}"


def in_namespace_of_outer():
    return {f"{one['kind']}/{one['metadata']['name']}" for one in items(WITHIN, OUTER.host)} | {
        one["metadata"]["name"] for one in items("persistentvolumes", None)
        if one["spec"].get("claimRef", {}).get("namespace") == OUTER.host}


def lead_to_inner():
    """As a multi-cluster DNS would do it: a name with the host namespace in it leads to the Service of the inner cluster."""
    apply({"apiVersion": "v1", "kind": "Service", "metadata": {"name": INNER.host, "namespace": OUTER.host}, "spec": {
        "type": "ExternalName", "externalName": f"{synced_name()}.{OUTER.host}.svc.cluster.local"}})


@after(test_install.test_installed)
def test_inside():
    """A virtual cluster comes up in the host cluster of its size, is reached by the name in Settings, and its app is installed."""
    for _, kind in names.CLUSTER_PROVIDER_CONFIGS:  # of an interrupted run
        kubectl("delete", kind, CONFIG, "--ignore-not-found")
    settings()
    OUTER.request(size="outer").wait_ready(180)
    BEFORE["objects"] = in_namespace_of_outer()
    for api, _ in names.CLUSTER_PROVIDER_CONFIGS:
        apply({"apiVersion": api, "kind": "ClusterProviderConfig", "metadata": {"name": CONFIG}, "spec": {"credentials": {
            "source": "Secret", "secretRef": {"namespace": TEAM, "name": OUTER.secret,
                                              "key": OUTER.status["kubeconfig"]["key"]}}}})
    domain = f"{OUTER.host}.svc"
    settings(f"https://<hostNamespace>.{domain}")
    INNER.request(parts(), size="inside")
    eventually("it has a host namespace", 30, lambda: INNER.host)
    lead_to_inner()
    INNER.wait_ready(480, "parts")
    note(f"ready after {INNER.ready_after():.0f} s")
    assert INNER.status["cluster"]["apiServer"] == f"https://{INNER.host}.{domain}:443"
    assert CONFIG in INNER.status["connect"]
    with VirtualCluster(OUTER) as outer:
        assert f"namespace/{INNER.host}" in outer.names("namespaces", "default")
        assert f"statefulset.apps/{INNER.cluster}" in outer.names("statefulsets", INNER.host)
        assert f"resourcequota/{names.quota(INNER.cluster)}" in outer.names("resourcequotas", INNER.host)
    assert not items("namespaces", None, "--field-selector", f"metadata.name={INNER.host}"), "its host namespace is here, too"
    with inner_cluster(domain) as inner:
        assert inner.config_map("parts")["message"] == "hello"


def inner_cluster(domain):
    """Reached like another one through its Service in this cluster, and with the name that Settings give it."""
    cluster = VirtualCluster(INNER, service=(synced_name(), OUTER.host))
    cluster.flags[-1] = f"{INNER.host}.{domain}"
    return cluster


@after(test_inside)
def test_stays():
    """A size in the other host cluster is refused in both directions, and nothing changes."""
    for environment, size, own in ((INNER, "small", "inside"), (OUTER, "inside", "outer")):
        apps = environment.requested["spec"]["apps"]
        uids = environment.component_uids()
        environment.request(*apps, size=size)
        eventually("it is refused", 60, lambda: "cannot move" in environment.condition(  # pylint: disable=cell-var-from-loop
            names.ACCEPTED)[2])
        assert environment.component_uids() == uids
        environment.request(*apps, size=own).wait_ready(120)


@after(test_stays)
def test_changed_inside():
    """A changed app reaches the inner cluster."""
    INNER.request(parts(message="again"), size="inside").wait_ready(120, "parts")
    with inner_cluster(f"{OUTER.host}.svc") as inner:
        eventually("the change is there", 60, lambda: inner.config_map("parts")["message"] == "again")


@after(test_changed_inside)
def test_deleted():
    """After a deletion nothing is left in either host cluster."""
    kubectl("delete", "service", INNER.host, "--namespace", OUTER.host)
    remains, namespace = Remains(INNER), INNER.host
    kubectl("delete", INNER.kind, INNER.name, "--namespace", TEAM, "--wait=false")
    with VirtualCluster(OUTER) as outer:
        eventually("nothing is left in the other host cluster", 240, lambda: f"namespace/{namespace}" not in outer.names(
            "namespaces", "default") and not outer.names("persistentvolumes", "default"))
    eventually("nothing is left of its composed resources", 120, lambda: not remains.left(True), lambda: remains.left(True))
    eventually("nothing is left in the host cluster", 120, lambda: in_namespace_of_outer() <= BEFORE["objects"],
               lambda: in_namespace_of_outer() - BEFORE["objects"])
    for _, kind in names.CLUSTER_PROVIDER_CONFIGS:
        kubectl("delete", kind, CONFIG, "--timeout=60s")
    platform.set_settings()
    OUTER.delete()

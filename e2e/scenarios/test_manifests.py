"""Objects that an Environment has beside its apps: created, changed and removed in order, also where what they need is gone."""
import json
import time

from scenarios import names, platform, test_install
from scenarios.commands import HOME, CommandFailed, conditions, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays, within
from scenarios.marks import after
from scenarios.virtual_cluster import VirtualCluster
from scenarios.yaml_files import document

OBJECTS = Environment("manifests")
EXAMPLE = document(HOME / "examples/manifests/environment.yaml")["spec"]
GROUP = "shops.example.org"


def item(name, kind, namespace=None, api="v1", depends_on=(), ready=None, **fields):
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return ({"name": name, "manifest": {"apiVersion": api, "kind": kind, "metadata": metadata} | fields}
            | ({"dependsOn": list(depends_on)} if depends_on else {}) | ({"readyCondition": ready} if ready else {}))


SPACE = item("space", "Namespace")
DEFINITION = item("shop-kind", "CustomResourceDefinition", api="apiextensions.k8s.io/v1", ready="Established", spec={
    "group": GROUP, "scope": "Namespaced", "names": {"kind": "Shop", "plural": "shops", "singular": "shop"},
    "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
        "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]})
DEFINITION["manifest"]["metadata"]["name"] = f"shops.{GROUP}"
CUSTOM = item("corner", "Shop", "space", api=f"{GROUP}/v1", depends_on=["shop-kind"], spec={"open": True})


def config(message, name="letter", **more):
    return item(name, "ConfigMap", "space", data={"message": message}, **more)


def manifests():
    """The manifests in status, and whether each is ready."""
    return {one["name"]: one["ready"] for one in OBJECTS.status.get("manifests", [])}


def wait(*items, apps=(), seconds=120):
    OBJECTS.request(*apps, manifests=list(items))
    OBJECTS.wait_ready(seconds)
    assert manifests() == {one["name"]: True for one in items}


def seen():
    """Whether Crossplane has called the function for the last request."""
    ready = conditions(OBJECTS.object).get("Ready", {})
    return ready.get("observedGeneration", 0) >= OBJECTS.requested["metadata"]["generation"]


def wait_removed(seconds=240):
    """What its provider can no longer look at is given up after two minutes."""
    eventually("nothing is being removed", seconds, lambda: seen() and not OBJECTS.removing and not [
        one for one in OBJECTS.components().values()
        if one["metadata"]["labels"][names.OWNER_LABEL].startswith(names.owned_by_manifest(""))
        and one["metadata"]["labels"][names.OWNER_LABEL] not in [names.owned_by_manifest(name) for name in manifests()]],
        lambda: OBJECTS.status.get(names.REMOVING))


def moments(name, holds):
    """When the Object of an item, or the Release of an app, was first as asked, since the last request."""
    labels = (names.owned_by_manifest(name), names.owned_by_app(name))
    return [change.time for kind in (names.OBJECTS, names.RELEASES) for change in OBJECTS.component_changes(kind)
            if change.thing["metadata"]["labels"][names.OWNER_LABEL] in labels and holds(change)]


def is_ready(change):
    return any(one["type"] == "Ready" and one["status"] == "True" for one in change.thing.get("status", {}).get("conditions", []))


def is_deleted(change):
    return "deletionTimestamp" in change.thing["metadata"]


@after(test_install.test_installed)
def test_created_in_order():
    """The manifests of the example are created in order, and an app between them."""
    OBJECTS.request(*EXAMPLE["apps"], manifests=EXAMPLE["manifests"]).wait_ready(240)
    for first, then in (("shop", "shop-settings"), ("shop-settings", "podinfo"), ("podinfo", "shop-budget")):
        ready, begun = min(moments(first, is_ready)), min(moments(then, lambda change: change.event == "ADDED"))
        assert ready <= begun, f"{then} was created {ready - begun:.1f} s before {first} was ready"
    assert OBJECTS.condition(names.MANIFESTS_READY) == ("True", names.AVAILABLE, "3 of 3 manifests are ready.")
    with VirtualCluster(OBJECTS) as cluster:
        labels = cluster.get("namespace", "shop", "shop")["metadata"]["labels"]
        assert labels["pod-security.kubernetes.io/warn"] == "restricted"
        assert cluster.get("configmap", "settings", "shop")["data"] == {"currency": "EUR"}
        assert cluster.names("poddisruptionbudgets", "shop")


@after(test_created_in_order)
def test_namespace_of_an_app():
    """A Namespace that is no longer listed stays while an app is in it, and is deleted after the app."""
    OBJECTS.request(*({**app, "dependsOn": []} for app in EXAMPLE["apps"]), manifests=[])
    eventually("the Environment says so", 60, lambda: "lacks the Namespace shop" in OBJECTS.condition(names.ACCEPTED)[2])
    stays("the app stays ready", 15, lambda: OBJECTS.apps().get("podinfo"))
    OBJECTS.request(manifests=[])
    wait_removed()
    assert OBJECTS.condition(names.MANIFESTS_READY)[1] == names.NOT_REQUESTED
    with VirtualCluster(OBJECTS) as cluster:
        eventually("the namespace is gone", 60, lambda: "namespace/shop" not in cluster.names("namespaces", "default"))


@after(test_namespace_of_an_app)
def test_changed():
    """A changed value is applied, an item that is renamed keeps its object, and one that becomes another object replaces it."""
    wait(SPACE, config("one"))
    with VirtualCluster(OBJECTS) as cluster:
        uid = cluster.get("configmap", "letter", "space")["metadata"]["uid"]
        wait(SPACE, config("two"))
        eventually("the value is there", 30, lambda: cluster.get("configmap", "letter", "space")["data"]["message"] == "two")
        wait(SPACE, config("two") | {"name": "renamed"})
        assert cluster.get("configmap", "letter", "space")["metadata"]["uid"] == uid
        wait(SPACE, config("three", "other") | {"name": "renamed"})
        wait_removed()
        assert cluster.names("configmaps", "space") == ["configmap/kube-root-ca.crt", "configmap/other"]


@after(test_changed)
def test_custom_resource():
    """A custom resource is created after its definition and deleted before it."""
    wait(SPACE, DEFINITION, CUSTOM)
    assert min(moments("shop-kind", is_ready)) <= min(moments("corner", lambda change: change.event == "ADDED"))
    OBJECTS.request(manifests=[])
    wait_removed()
    gone, begun = min(moments("corner", is_deleted)), min(moments("shop-kind", is_deleted))
    assert gone <= begun, f"the definition was deleted {gone - begun:.1f} s before the custom resource"
    with VirtualCluster(OBJECTS) as cluster:
        assert not cluster.names(f"customresourcedefinitions/shops.{GROUP}", "default")


@after(test_custom_resource)
def test_definition_removed_before():
    """A custom resource whose definition somebody has deleted does not keep anything from being removed."""
    wait(SPACE, DEFINITION, CUSTOM)
    with VirtualCluster(OBJECTS) as cluster:
        kubectl(*cluster.flags, "delete", f"customresourcedefinitions/shops.{GROUP}")
    start = time.monotonic()
    OBJECTS.request(manifests=[])
    wait_removed(300)
    within("removed after", time.monotonic() - start, 300)


@after(test_definition_removed_before)
def test_refused():
    """A Secret is refused by the API server, and what the API server of the cluster refuses is quoted."""
    try:
        OBJECTS.request(manifests=[item("hidden", "Secret", "default")], flags=("--dry-run=server",))
        raise AssertionError("the Secret is accepted")
    except CommandFailed as refused:
        assert "spec.manifests[0].manifest.kind" in str(refused) and "is Secret" in str(refused), refused
    OBJECTS.request(manifests=[item("wrong", "Service", "default", spec={"ports": [{"port": 99999}]})])
    eventually("it fails", 120, lambda: OBJECTS.condition(names.MANIFESTS_READY)[1] == names.FAILING)
    note(f"“{OBJECTS.condition(names.MANIFESTS_READY)[2][:160]}”")
    OBJECTS.request(manifests=[CUSTOM | {"dependsOn": []}, SPACE])
    eventually("the missing kind is named", 120, lambda: "corner" in OBJECTS.condition(names.MANIFESTS_READY)[2])
    note(f"“{OBJECTS.condition(names.MANIFESTS_READY)[2][:160]}”")
    OBJECTS.request(manifests=[SPACE | {"readyWhen": "object.null == 1"}])
    eventually("the query is quoted", 120, lambda: "readiness query" in OBJECTS.condition(names.MANIFESTS_READY)[2])
    wait(SPACE)
    wait_removed()


@after(test_refused)
def test_forbidden_kind():
    """A kind that Settings forbid is refused, and what exists of it stays."""
    wait(SPACE, config("one"))
    try:
        platform.set_settings(manifests={"kinds": ["Namespace"]})
        OBJECTS.request(manifests=[SPACE, config("two"), config("new", "another")])
        eventually("it is refused", 60, lambda: json.dumps(OBJECTS.condition(names.ACCEPTED)).count("manifest.kind") == 2)
        with VirtualCluster(OBJECTS) as cluster:
            assert cluster.get("configmap", "letter", "space")["data"]["message"] == "one"
            assert "configmap/another" not in cluster.names("configmaps", "space")
    finally:
        platform.set_settings()
    OBJECTS.trigger()
    OBJECTS.wait_ready(120)


@after(test_forbidden_kind)
def test_deleted():
    """An Environment with manifests is deleted like any other, and nothing is left."""
    OBJECTS.delete()

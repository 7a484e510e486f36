"""Values of apps that come from fields of other composite resources."""
import pytest

from scenarios import names, platform, test_teams
from scenarios.charts import parts
from scenarios.commands import apply, conditions, get, kubectl, patch
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.planner import UNCHANGED, may_get, plan, reader
from scenarios.shared import B
from scenarios.test_teams import RULED
from scenarios.virtual_cluster import VirtualCluster

GROUP, KIND = "e2e.example.org", "Database"
DATABASES = names.DATABASES
DEFINITION = {
    "apiVersion": "apiextensions.crossplane.io/v2", "kind": "CompositeResourceDefinition", "metadata": {"name": DATABASES},
    "spec": {"group": GROUP, "scope": "Namespaced", "names": {"kind": KIND, "plural": "databases"},
             "versions": [{"name": "v1", "served": True, "referenceable": True, "schema": {"openAPIV3Schema": {
                 "type": "object", "properties": {"status": {"type": "object", "properties": {
                     "host": {"type": "string"}, "pods": {"type": "integer"}}}}}}}]}}
ORDERS = {"apiVersion": f"{GROUP}/v1", "kind": KIND, "metadata": {"name": "orders", "namespace": B}, "spec": {}}


def from_orders(field, place):
    return {"resource": {"apiVersion": ORDERS["apiVersion"], "kind": KIND, "name": "orders", "fromFieldPath": field,
                         "toFieldPath": place}}


VALUED = parts("valued") | {"valuesFrom": [from_orders("status.host", "message"), from_orders("status.pods", "pods")]}


def message(app="valued"):
    return {one["name"]: one["message"] for one in RULED.status.get("apps", [])}.get(app, "")


def report(**status):
    """What the controller of the database would write."""
    patch(DATABASES, "orders", {"status": status}, B, subresource="status")
    RULED.trigger()  # Crossplane before 2.4 does not watch it


def watches():
    """Whether this Crossplane watches required resources."""
    deployment = get("deployment", "crossplane", "crossplane-system")
    image = deployment["spec"]["template"]["spec"]["containers"][0]["image"]
    version = image.rpartition(":")[2].removeprefix("v").split(".")[:2]
    return version[0].isdigit() and tuple(int(part) for part in version) >= (2, 4)


@after(test_teams.test_rules_removed)
def test_value_awaited():
    """An app waits for a value without its definition, without the resource, and without the field, and nothing else waits."""
    platform.set_settings(limits={"valueSources": [DATABASES]})
    RULED.request(VALUED, parts())
    eventually("the missing definition is named", 90, lambda: DATABASES in message(), message)
    RULED.trigger()
    eventually("Crossplane reports no error", 30, lambda: conditions(RULED.object)["Synced"]["status"] == "True")
    eventually("the other app is ready", 90, lambda: RULED.apps().get("parts"))
    apply(DEFINITION)
    kubectl("wait", "--for=condition=Established", f"xrd/{DATABASES}", "--timeout=60s")
    RULED.trigger()
    eventually("the missing resource is named", 90, lambda: "Database orders, which does not exist" in message(), message)
    apply(ORDERS)
    RULED.trigger()
    eventually("the missing value is named", 60, lambda: "status.host of Database orders, which has no value" in message(),
               message)
    assert names.app("valued") not in RULED.components(), "the app did not wait"


@after(test_value_awaited)
def test_value_arrives_and_changes():
    """A value of another resource arrives in the Deployment with its type, and changes with the resource."""
    report(host="one.example.org", pods=1)
    RULED.wait_ready(150, "valued", "parts")
    with VirtualCluster(RULED) as cluster:
        assert cluster.config_map("valued")["message"] == "one.example.org"
        assert cluster.get("deployment", "valued", "valued")["spec"]["replicas"] == 1
        report(host="two.example.org", pods=2)
        eventually("the ConfigMap has the other value", 90,
                   lambda: cluster.config_map("valued")["message"] == "two.example.org")
        eventually("the Deployment has the other number", 30,
                   lambda: cluster.get("deployment", "valued", "valued")["spec"]["replicas"] == 2)


@after(test_value_arrives_and_changes)
def test_value_watched():
    """Where Crossplane watches required resources, a changed value arrives without a call that something else causes."""
    if not watches():
        pytest.skip("Crossplane before 2.4 does not watch required resources")
    RULED.wait_quiet()
    patch(DATABASES, "orders", {"status": {"host": "three.example.org"}}, B, subresource="status")
    with VirtualCluster(RULED) as cluster:
        eventually("the ConfigMap has the value", 30, lambda: cluster.config_map("valued")["message"] == "three.example.org")


@after(test_value_arrives_and_changes)
def test_value_planned(tmp_path):
    """A plan reads what an app has a value of where its account may, and otherwise names it and keeps the value."""
    RULED.wait_quiet()

    def planned():
        status, found = plan(kubeconfig, f"{B}/{RULED.name}")
        assert (status, found["changes"]) == (UNCHANGED, [])
        return [(one["kind"], one["name"], "forbidden" in one["reason"]) for one in found["valuesNotReadFrom"]]

    with reader(tmp_path) as kubeconfig:
        eventually("the database is named", 30, lambda: planned() == [(KIND, "orders", True)])
        with may_get(DATABASES, B):
            eventually("the database is read", 30, lambda: planned() == [])


@after(test_value_arrives_and_changes)
def test_value_gone():
    """When the field, the resource and its definition are gone, the app keeps the last value, and its message says so."""
    RULED.wait_quiet()
    before = RULED.components()[names.app("valued")]

    def kept(words):
        eventually(f"the message says: {words}", 60, lambda: "keeps the last value" in message() and words in message(), message)
        stays("the app is as it was", 10, lambda: RULED.components()[names.app("valued")]["spec"] == before["spec"])
        assert RULED.condition(names.APPS_READY)[0] == "True"

    try:
        report(host=None, pods=None)
        kept("which has no value")
        kubectl("delete", DATABASES, "orders", "--namespace", B)
        RULED.trigger()
        kept("which does not exist")
        kubectl("delete", "xrd", DATABASES)
        RULED.trigger()
        kept(DATABASES)
        assert conditions(RULED.object)["Synced"]["status"] == "True", "the reconciliation fails"
        with VirtualCluster(RULED) as cluster:
            note(f"the app still has {cluster.config_map('valued')['message']}")
            assert cluster.get("deployment", "valued", "valued")["spec"]["replicas"] == 2
    finally:
        kubectl("delete", DATABASES, "orders", "--namespace", B, "--ignore-not-found", may_fail=True)
        kubectl("delete", "xrd", DATABASES, "--ignore-not-found", may_fail=True)
        platform.set_settings()
    assert RULED.components()[names.app("valued")]["metadata"]["uid"] == before["metadata"]["uid"]
    RULED.delete()

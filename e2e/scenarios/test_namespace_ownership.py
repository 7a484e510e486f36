"""A host namespace that already exists when an Environment asks for it. The Environment acts with the rights of a team."""
import re
from itertools import groupby

import pytest

from scenarios import names, test_first_environment, test_install
from scenarios.commands import TEAM, apply, items, kubectl, run
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.shared import DEV
from scenarios.team import Member
from scenarios.watch import Watched

CLAIMANT = Member("claimant")
CLAIMED = Environment("claimed", member=CLAIMANT)
FOREIGN = {names.OWNER_NAMESPACE: "elsewhere", names.OWNER_NAME: "production",
           names.OWNER_UID: "11111111-1111-4111-8111-111111111111"}
PREDECESSOR = {names.OWNER_NAMESPACE: TEAM, names.OWNER_NAME: "claimed",
               names.OWNER_UID: "22222222-2222-4222-8222-222222222222"}


@pytest.fixture(scope="module")
def host():
    """
    The host namespace that the Environment will ask for, as somebody else's. Its name is known from a first life of the same
    Environment, which ends before the namespace is created again.
    """
    CLAIMANT.bind("environment-edit")
    CLAIMED.request(size="never")
    name = eventually("the status names the host namespace", 60, lambda: CLAIMED.host)
    CLAIMED.delete()
    create_namespace(name, FOREIGN)
    yield name
    if CLAIMED.requested and items(names.ENVIRONMENTS, TEAM, "--field-selector", "metadata.name=claimed"):
        kubectl("delete", names.ENVIRONMENTS, "claimed", "--namespace", TEAM, "--timeout=60s", may_fail=True)
    kubectl("delete", "namespace", name, "--ignore-not-found", "--timeout=90s")


def create_namespace(name, owner):
    apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "annotations": owner}},
          {"apiVersion": "v1", "kind": "Secret", "stringData": {"kept": "yes"},
           "metadata": {"name": "marker", "namespace": name}})
    # What Kubernetes itself puts into each namespace.
    eventually("the namespace is complete", 30, lambda: {"ConfigMap/kube-root-ca.crt", "ServiceAccount/default"} <= set(
        content(name)))


def content(name):
    """What is in a namespace, with the version of each object. (Events and Leases do not belong to anybody.)"""
    kinds = ("configmaps,secrets,serviceaccounts,services,pods,persistentvolumeclaims,statefulsets,deployments,replicasets,"
             "roles,rolebindings,resourcequotas,limitranges,networkpolicies")
    return {f"{one['kind']}/{one['metadata']['name']}": one["metadata"]["resourceVersion"] for one in items(kinds, name)}


def picture(name):
    """A namespace, without its own resourceVersion, and what is in it."""
    namespace, = items("namespaces", None, "--field-selector", f"metadata.name={name}")
    metadata = {field: namespace["metadata"].get(field) for field in (
        "uid", "annotations", "labels", "finalizers", "deletionTimestamp", "ownerReferences")}
    return {"metadata": metadata, "spec": namespace["spec"], "content": content(name)}


def is_blocked():
    return CLAIMED.condition(names.CLUSTER_READY)[:2] == ("False", names.BLOCKED) and CLAIMED.condition(
        names.ACCEPTED)[:2] == ("False", names.INVALID)


def assert_untouched():
    """No cluster was composed since the last request, and no Object was allowed to write the namespace."""
    # The object was created anew with the last request, so the owner is known by its uid.
    def ours(one):
        return any(owner["uid"] == CLAIMED.uid for owner in one["metadata"].get("ownerReferences", []))
    releases = [change.thing for change in Watched.of(names.RELEASES).since(CLAIMED.moment, ours)]
    assert [one["metadata"]["name"] for one in releases] == [], "a Release was composed"
    objects = [change.thing for change in Watched.of(names.OBJECTS).since(CLAIMED.moment, ours)]
    assert {one["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME] for one in objects} <= {names.NAMESPACE}
    assert all(one["spec"]["managementPolicies"] == ["Observe"] for one in objects), "an Object may write the namespace"


@after(test_first_environment.test_ready)
def test_own_namespace():
    """An Environment creates its host namespace only after it was found absent, and gets no right to change what is as desired."""
    policies = [sorted(change.thing["spec"]["managementPolicies"]) for change in DEV.component_changes(names.OBJECTS, 0)
                if change.thing["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME] == names.NAMESPACE]
    assert [policy for policy, _ in groupby(policies)] == [["Observe"], ["Create", "Delete", "Observe"]]
    namespace, = items("namespaces", None, "--field-selector", f"metadata.name={DEV.host}")
    owner = {names.OWNER_NAMESPACE: DEV.namespace, names.OWNER_NAME: DEV.name, names.OWNER_UID: DEV.uid}
    assert owner.items() <= namespace["metadata"]["annotations"].items()


@after(test_install.test_installed)
def test_foreign_namespace(host):
    """The namespace of another Environment blocks an Environment that asks for it, and stays unchanged."""
    before = picture(host)
    CLAIMED.request()
    eventually("the Environment is blocked", 60, is_blocked, lambda: CLAIMED.status["conditions"])
    message = CLAIMED.condition(names.ACCEPTED)[2]
    note(f"“{message[:160]}”")
    for word in (host, FOREIGN[names.OWNER_NAMESPACE], FOREIGN[names.OWNER_NAME]):
        assert word in message
    CLAIMED.trigger()
    stays("the Environment is blocked", 20, is_blocked, flicker=2)
    assert_untouched()
    assert picture(host) == before


@after(test_foreign_namespace)
def test_foreign_namespace_outlives(host):
    """The namespace of another Environment stays unchanged when the blocked Environment is deleted."""
    before = picture(host)
    CLAIMED.delete(keeps_host_namespace=True)
    stays("the namespace is unchanged", 10, lambda: picture(host) == before)


@after(test_foreign_namespace_outlives)
def test_predecessor_namespace(host):
    """The namespace of a predecessor blocks an Environment until the command in the message hands the namespace over."""
    kubectl("annotate", "namespace", host, "--overwrite", *(f"{key}={value}" for key, value in PREDECESSOR.items()))
    before = picture(host)
    CLAIMED.request()
    eventually("the Environment is blocked", 60, is_blocked, lambda: CLAIMED.status["conditions"])
    stays("the Environment is blocked", 10, is_blocked, flicker=2)
    assert_untouched()
    assert picture(host) == before
    command = handover_command(host)
    note(f"`{command}`")
    run("sh", "-c", command)
    CLAIMED.wait_ready(240)
    namespace, = items("namespaces", None, "--field-selector", f"metadata.name={host}")
    assert namespace["metadata"]["uid"] == before["metadata"]["uid"]
    assert namespace["metadata"]["annotations"][names.OWNER_UID] == CLAIMED.uid
    assert CLAIMED.components()[names.NAMESPACE]["spec"]["managementPolicies"] == ["*"]
    CLAIMED.delete()


@after(test_predecessor_namespace)
def test_foreign_namespace_deleted(host):
    """An Environment that a foreign namespace blocks starts once the namespace is deleted."""
    create_namespace(host, FOREIGN)
    CLAIMED.request()
    eventually("the Environment is blocked", 60, is_blocked, lambda: CLAIMED.status["conditions"])
    foreign = picture(host)
    kubectl("delete", "namespace", host, "--timeout=60s")
    CLAIMED.wait_ready(240)
    namespace, = items("namespaces", None, "--field-selector", f"metadata.name={host}")
    assert namespace["metadata"]["uid"] != foreign["metadata"]["uid"]
    assert namespace["metadata"]["annotations"][names.OWNER_UID] == CLAIMED.uid
    CLAIMED.delete()


def handover_command(host):
    """The command in the message."""
    message = CLAIMED.condition(names.ACCEPTED)[2]
    command = re.search(rf"kubectl annotate namespace {host}(?: --overwrite| [\w./-]+=[\w-]+)+", message)
    assert command, f"no kubectl annotate in {message}"
    return command.group()

"""Composed resources that a team's member forges: objects that the function would take for its own. Everything is done with the
rights of environment-edit. As on a platform without package/team/environment-protection.yaml, no policy keeps the member from it."""
import json

import pytest

from scenarios import names, test_install
from scenarios.charts import parts
from scenarios.commands import TEAM, apply, get, items, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.team import Member
from scenarios.virtual_cluster import VirtualCluster, assert_installed
from scenarios.watch import Watched

FORGER = Member("forger")
FORGER.flags += ["--as-group", "environment-break-glass"]
TARGET = Environment("target", member=FORGER)
# Two objects with this name: an Environment that the forger makes, and a ProviderConfig that somebody else has.
NAME = "prod-eu"
FORGED = Environment(NAME, member=FORGER)


@pytest.fixture(scope="module")
def their_config():
    """The Environment to attack, which is ready, and the ProviderConfig of somebody else, of which it knows nothing."""
    FORGER.bind("environment-edit")
    TARGET.request(parts(message="before")).wait_ready(180, "parts").wait_quiet()
    own = TARGET.components()[names.PROVIDER_CONFIG]
    spec = json.loads(json.dumps(own["spec"]).replace(TARGET.secret, f"{NAME}-kubeconfig"))
    apply({"apiVersion": own["apiVersion"], "kind": own["kind"], "spec": spec,
           "metadata": {"name": NAME, "namespace": TEAM, "labels": {"made-by": TEAM}}})
    yield lambda: stable(get(names.PROVIDER_CONFIGS, NAME))
    for kind, name in ((names.ENVIRONMENTS, NAME), (names.ENVIRONMENTS, TARGET.name), (names.PROVIDER_CONFIGS, NAME)):
        kubectl("delete", kind, name, "--namespace", TEAM, "--ignore-not-found", "--timeout=60s", may_fail=True)


def forge():
    """Has the Environment name an object that carries the name of a composed resource, and belongs to nobody."""
    body = FORGED.body(size="nonsuch")
    body["metadata"]["annotations"] = {names.COMPOSITION_RESOURCE_NAME: names.PROVIDER_CONFIG}
    apply(body, flags=FORGER.flags)
    # It is a composite, too, so Crossplane writes this label into it.
    eventually("Crossplane has seen it", 60, lambda: "crossplane.io/composite" in get(
        names.ENVIRONMENTS, NAME)["metadata"].get("labels", {}))
    write_references([*references(), {"apiVersion": names.ENVIRONMENT_API, "kind": "Environment", "name": NAME}])


def references():
    return get(names.ENVIRONMENTS, TARGET.name)["spec"]["crossplane"]["resourceRefs"]


def write_references(references):
    kubectl("patch", names.ENVIRONMENTS, TARGET.name, "--namespace", TEAM, "--type=merge", *FORGER.flags, "--patch",
            json.dumps({"spec": {"crossplane": {"resourceRefs": references}}}))


def stable(thing):
    """What only its owner sets, and who owns it. Status and finalizers belong to controllers."""
    fields = ("uid", "annotations", "labels", "ownerReferences", "deletionTimestamp")
    spec = {field: value for field, value in thing["spec"].items() if field != "crossplane"}
    return {field: thing["metadata"].get(field) for field in fields} | {"spec": spec}


def forged_object():
    return stable(get(names.ENVIRONMENTS, NAME))


def is_rejected():
    status, reason, message = TARGET.condition(names.ACCEPTED)
    return (status, reason) == ("False", names.INVALID) and NAME in message


@after(test_install.test_installed)
def test_forged_reference(their_config):
    """A forged composed resource is named as invalid; it is not used, changed or deleted, and nothing else changes."""
    before, legitimate, start = TARGET.component_versions(), references(), TARGET.moment
    theirs = their_config()
    try:
        forge()
        forged = forged_object()
        eventually("Accepted names the forged resource", 60, is_rejected, lambda: TARGET.condition(names.ACCEPTED))
        note(f"“{TARGET.condition(names.ACCEPTED)[2][:160]}”")
        eventually("the call is fatal", 30, lambda: TARGET.condition("Synced")[0] == "False")
        TARGET.trigger()
        stays("nothing changes", 20, lambda: is_rejected() and TARGET.component_versions() == before)
        assert forged_object() == forged
        assert their_config() == theirs
        assert_installed(TARGET, "parts")
        assert_never_used(start)
    finally:
        write_references(legitimate)


def assert_never_used(since):
    """No Release of the Environment has ever named the other ProviderConfig, and that one was never changed."""
    used = {change.thing["spec"]["providerConfigRef"]["name"] for change in TARGET.component_changes(names.RELEASES, since)}
    assert NAME not in used
    changes = Watched.of(names.PROVIDER_CONFIGS).since(since, lambda one: (
        one["metadata"]["namespace"], one["metadata"]["name"]) == (TEAM, NAME))
    assert "DELETED" not in [change.event for change in changes]
    assert [stable(change.thing) for change in changes] == [stable(changes[0].thing)] * len(changes)


@after(test_forged_reference)
def test_forged_reference_removed(their_config):
    """
    After the forged reference is removed, the Environment works again, and its deletion does not touch what does not belong to
    it.
    """
    theirs, forged, start = their_config(), forged_object(), TARGET.moment
    eventually("everything is accepted again", 60,
               lambda: TARGET.condition(names.ACCEPTED)[0] == "True" and TARGET.condition("Synced")[0] == "True")
    TARGET.request(parts(message="after")).wait_ready(90, "parts")
    with VirtualCluster(TARGET) as cluster:
        assert cluster.config_map("parts")["message"] == "after"
    assert_never_used(start)
    TARGET.delete()
    assert their_config() == theirs
    assert forged_object() == forged
    kubectl("delete", names.ENVIRONMENTS, NAME, "--namespace", TEAM, "--timeout=60s", *FORGER.flags)
    assert items(names.ENVIRONMENTS, TEAM, "--field-selector", f"metadata.name={NAME}") == []

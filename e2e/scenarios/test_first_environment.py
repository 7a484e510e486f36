"""The first Environment, and how long it takes. Nothing else happens at the same time."""
import time

from scenarios import breaker, names, run_state, test_install
from scenarios.commands import get, kubectl
from scenarios.environment import PODINFO
from scenarios.events import events_of, events_since
from scenarios.expect import eventually, note, within
from scenarios.marks import after
from scenarios.packages import function_calls
from scenarios.shared import DEV
from scenarios.virtual_cluster import VirtualCluster
from scenarios.watch import Watched


@after(test_install.test_installed)
def test_ready():
    """An Environment is ready within a minute, with its app running inside."""
    DEV.request(PODINFO).wait_ready(60, "podinfo")
    for name, status, reason in ((names.ACCEPTED, "True", "Accepted"), (names.CLUSTER_READY, "True", names.AVAILABLE),
                                 (names.APPS_READY, "True", names.AVAILABLE), ("Synced", "True", "ReconcileSuccess")):
        assert (name, *DEV.condition(name)[:2]) == (name, status, reason)
    app = DEV.status["apps"][0]
    assert (app["name"], app["namespace"], app["ready"]) == ("podinfo", "podinfo", True)
    assert DEV.status["summary"] == f"Ready: podinfo is installed in vcluster {DEV.cluster} (Kubernetes 1.35)."
    header, line = kubectl("get", DEV.kind, "dev", "--namespace", DEV.namespace).stdout.splitlines()
    for column in ("TYPE", "SIZE", "READY", "SUMMARY", "AGE"):
        assert column in header
    for word in ("vcluster", "small", "True", "Ready: podinfo"):
        assert word in line
    assert_events()
    assert_owners()
    assert DEV.status["kubeconfig"]["key"] in get("secret", DEV.secret).get("data", {}), "no kubeconfig where the status says"
    with VirtualCluster(DEV) as cluster:
        eventually("the app's pod runs inside", 30, lambda: cluster.ready_replicas("podinfo"))
    note(f"ready {DEV.ready_after():.1f} s after the request")
    breaker.check_coming_up(DEV, "an Environment with one app")


def assert_events():
    """Crossplane writes an event for each component that is not ready, with each call, and limits them after the 25th."""
    events = [one for one in events_of(DEV) if one["involvedObject"]["kind"] == "Environment"]
    assert {"SelectComposition", "ComposeResources"} <= {one["reason"] for one in events}
    assert [one["message"] for one in events if one["type"] == "Warning"] == []


def assert_owners():
    """The labels by which people find what belongs together."""
    labels = {name: one["metadata"]["labels"] for name, one in DEV.components().items()}
    assert {one[names.ENVIRONMENT_LABEL] for one in labels.values()} == {DEV.host.rsplit("-", 1)[-1]}
    assert labels[names.CLUSTER][names.OWNER_LABEL] == names.OWNED_BY_CLUSTER
    assert labels[names.app("podinfo")][names.OWNER_LABEL] == names.owned_by_app("podinfo")


@after(test_ready)
def test_fast():
    """The app is installed within 10 seconds after the vcluster's kubeconfig, and the Environment is ready within 5 more."""
    kubeconfig = Watched.of("secrets").first(DEV.moment, lambda one: one["metadata"]["namespace"] == DEV.host
                                             and one["metadata"]["name"] == names.internal_kubeconfig(DEV.cluster))
    within("installed after the kubeconfig's Secret", DEV.app_ready_at("podinfo") - kubeconfig, 10)
    within("ready after its app", DEV.ready_since() - DEV.app_ready_at("podinfo"), 5)


@after(test_ready)
def test_shown():
    """kubectl explains the type and each of its fields, lists Environments in a sentence each, and describes one without an error."""
    shown = {words: kubectl(*words.split()).stdout for words in (
        "explain environments.spec", f"get env --namespace {DEV.namespace}", f"get env --namespace {DEV.namespace} --output wide",
        f"describe env {DEV.name} --namespace {DEV.namespace}")}
    explained, listed, wide, described = shown.values()
    assert "<no description>" not in explained, explained
    assert f"Ready: podinfo is installed in vcluster {DEV.cluster}" in listed
    assert DEV.status["connect"] in wide, wide
    for line in ("Kind:         Environment", "Summary:", "Kubeconfig:", "Normal"):
        assert line in described, described
    run_state.save("transcripts", {f"kubectl {words}": text for words, text in shown.items()})


@after(test_ready)
def test_rest():
    """In steady state, 30 seconds pass without writes and events, and with at most one call of the function."""
    DEV.wait_quiet()
    before, calls, start = DEV.versions(), function_calls(), time.monotonic()
    time.sleep(30)
    assert DEV.versions() == before
    assert [one["reason"] for one in events_since(DEV, start)] == []
    # Everything is ready, so the function is called again only after ten minutes.
    calls = function_calls() - calls
    note(f"{calls:.0f} calls")
    assert calls <= 1


@after(test_ready)
def test_changed_values():
    """Changed values reach the Deployment within 10 seconds, and the Environment is ready again within 30."""
    DEV.request(PODINFO | {"values": {"replicaCount": 2, "ui": {"message": "changed"}}})
    with VirtualCluster(DEV) as cluster:
        def changed():
            deployment = cluster.get("deployment", "podinfo", "podinfo")
            variables = deployment["spec"]["template"]["spec"]["containers"][0].get("env", [])
            return deployment["spec"]["replicas"] == 2 and {"name": "PODINFO_UI_MESSAGE", "value": "changed"} in variables
        eventually("the Deployment is changed", 60, changed)
        within("in the Deployment after", time.monotonic() - DEV.moment, 10)
    DEV.wait_ready(60)
    within("ready again after", DEV.ready_after(), 30)


@after(test_changed_values)
def test_circuit_breaker():
    """Creating and changing an Environment does not open Crossplane's watch circuit breaker."""
    assert DEV.condition("Responsive")[1] == "WatchCircuitClosed"
    assert DEV.breaker_stayed_closed()

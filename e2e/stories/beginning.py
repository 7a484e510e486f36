"""The first Environment, and how long a person waits for it. Nothing else happens meanwhile."""
import time

from stories.cluster import Watched
from stories.environments import PODINFO, Environment, inside
from stories.installing import installed, metric, running
from stories.walk import equal, eventually, get, holds, items, kubectl, note, story, within

DEV = Environment("dev")


@story("An Environment is ready, with its app running inside, within a minute", after=installed)
def ready(_):
    DEV.ask(PODINFO).comes(60, "podinfo")
    for name, status, reason in (("Accepted", "True", "Accepted"), ("ClusterReady", "True", "Serving"),
                                 ("AppsReady", "True", "Ready"), ("GitOpsReady", "True", "NotRequested"),
                                 ("ServerlessReady", "True", "NotRequested"), ("Expired", "False", "NotRequested"),
                                 ("Synced", "True", "ReconcileSuccess")):
        equal(name, DEV.condition(name)[:2], (status, reason))
    app = DEV.status["apps"][0]
    equal("the app in the status", (app["name"], app["namespace"], app["ready"]), ("podinfo", "podinfo", True))
    equal("the summary", DEV.status["summary"], "Ready: podinfo runs in vcluster dev (Kubernetes 1.35).")
    header, line = kubectl("get", DEV.kind, "dev", "--namespace", DEV.namespace).stdout.splitlines()
    for column in ("TYPE", "SIZE", "READY", "SUMMARY", "AGE"):
        holds(f"there is a column {column}", column in header)
    holds("the columns tell", all(word in line for word in ("vcluster", "small", "True", "Ready: podinfo")))
    # Crossplane tells of each part that is not ready with each call, and lets 25 events through before it holds back.
    reasons = [one["reason"] for one in about(DEV) if one["involvedObject"]["kind"] == "Environment"]
    holds(f"its events tell of its parts: {reasons}", {"SelectComposition", "ComposeResources"} <= set(reasons))
    equal("warnings about it", [one["message"] for one in about(DEV) if one["type"] == "Warning" and one["involvedObject"][
        "kind"] == "Environment"], [])
    holds("the kubeconfig is where the status says",
          DEV.status["kubeconfig"]["key"] in get("secret", DEV.secret).get("data", {}))
    with inside(DEV) as cluster:
        eventually("the app's pod runs inside", 30, lambda: cluster.runs("podinfo"))
    note(f"ready {DEV.came() - DEV.moment:.1f} s after it was asked for, {DEV.cost()}")


@story("The app is installed within 10 seconds of the vcluster's kubeconfig, and within 5 more the Environment is ready",
       after=ready)
def quick(_):
    secret = Watched.of("secrets").first(DEV.moment, lambda one: one["metadata"]["namespace"] == DEV.host
                                         and one["metadata"]["name"] == f"{DEV.name}-incluster")
    within("installed after the kubeconfig's Secret", DEV.release_ready("podinfo") - secret, 10)
    within("ready after its app", DEV.came() - DEV.release_ready("podinfo"), 5)


@story("At rest nothing is written, no event appears, and nobody is called, for 30 seconds", after=ready)
def rest(_):
    DEV.rests()
    before, calls, start = DEV.versions(), called(), time.monotonic()
    time.sleep(30)
    equal("the resource versions", DEV.versions(), before)
    equal("events", [one["reason"] for one in about(DEV, start)], [])
    # All is ready, so it is looked at again only every ten minutes.
    note(f"{called() - calls:.0f} calls")
    holds(f"at most one call: {called() - calls}", called() - calls <= 1)


@story("Values that change reach the Deployment inside within 10 seconds, and within 30 the Environment is ready again",
       after=ready)
def changed(_):
    DEV.ask(PODINFO | {"values": {"replicaCount": 2, "ui": {"message": "changed"}}})
    with inside(DEV) as cluster:
        def follows():
            deployment = cluster.get("deployment", "podinfo", "podinfo")
            variables = deployment["spec"]["template"]["spec"]["containers"][0].get("env", [])
            return deployment["spec"]["replicas"] == 2 and {"name": "PODINFO_UI_MESSAGE", "value": "changed"} in variables
        eventually("the Deployment follows", 60, follows)
        within("in the Deployment after", time.monotonic() - DEV.moment, 10)
    DEV.comes(60)
    within("ready again after", DEV.came() - DEV.moment, 30)


@story("Coming up and changing, an Environment does not exhaust Crossplane's circuit breaker", after=changed)
def breaker(_):
    equal("Responsive", DEV.condition("Responsive")[1], "WatchCircuitClosed")
    holds("it was never open", DEV.responsive())


def about(environment, moment=0):
    """Core's events about an Environment or its parts."""
    names = {environment.name, *(one["metadata"]["name"] for one in environment.parts().values())}
    if not moment:
        return [one for one in items("events", environment.namespace) if one["involvedObject"]["name"] in names]
    return [told.thing for told in Watched.of("events").since(moment, lambda one: one["metadata"][
        "namespace"] == environment.namespace and one["involvedObject"]["name"] in names) if told.event != "DELETED"]


def called():
    return sum(metric(pod, 'grpc_server_handled_total{') for pod in running())


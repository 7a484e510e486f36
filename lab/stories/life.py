"""The life of an Environment."""
import re
import time

from stories.environments import GOOD, apps, components, environment, host, inside, is_ready, versions
from stories.installing import installed
from stories.walk import TEAM, apply, conditions, equal, eventually, get, holds, kubectl, story


@story("An Environment is ready, with its app running inside, within a minute", after=installed)
def ready(lab):
    apply(environment("dev", GOOD))
    eventually("the Environment is ready", 60, lambda: is_ready("dev"))
    seen = get("environment", "dev")
    for name, status, reason in (("Accepted", "True", "Accepted"), ("ClusterReady", "True", "Serving"),
                                 ("AppsReady", "True", "Ready"), ("GitOpsReady", "True", "NotRequested"),
                                 ("ServerlessReady", "True", "NotRequested"), ("Expired", "False", "NotRequested"),
                                 ("Synced", "True", "ReconcileSuccess")):
        condition = conditions(seen)[name]
        equal(name, (condition["status"], condition["reason"]), (status, reason))
    app = seen["status"]["apps"][0]
    equal("the app in the status", (app["name"], app["namespace"], app["ready"]), ("podinfo", "podinfo", True))
    equal("the summary", seen["status"]["summary"], "Ready: podinfo runs in vcluster dev (Kubernetes 1.35).")
    header, line = kubectl("get", "environment", "dev", "--namespace", TEAM).stdout.splitlines()
    for column in ("TYPE", "SIZE", "READY", "SUMMARY", "AGE"):
        holds(f"there is a column {column}", column in header)
    holds("the columns tell", all(word in line for word in ("vcluster", "small", "True", "Ready: podinfo")))
    secret = seen["status"]["kubeconfig"]
    holds("the kubeconfig is where the status says",
          secret["key"] in get("secret", secret["secretName"]).get("data", {}))
    with inside("dev") as cluster:
        eventually("the app's pod runs inside", 30, lambda: cluster.runs("podinfo"))


@story("At rest nothing is written for 30 seconds", after=ready)
def rest(lab):
    eventually("it comes to rest", 90, lambda: versions() == (time.sleep(8), versions())[1])
    before = versions()
    time.sleep(30)
    equal("the resource versions", versions(), before)


@story("No life of an Environment exhausts Crossplane's circuit breaker", after=rest)
def breaker(lab):
    equal("Responsive", conditions(get("environment", "dev"))["Responsive"]["reason"], "WatchCircuitClosed")


@story("An app that is added comes up beside the first", after=ready)
def added(lab):
    apply(environment("dev", GOOD, {"name": "second", "catalog": "podinfo", "values": {"replicaCount": 1}}))
    eventually("both are ready", 60, lambda: is_ready("dev", generation=True) and len(apps("dev")) == 2)
    with inside("dev") as cluster:
        eventually("its pod runs", 30, lambda: cluster.runs("second", "podinfo"))


@story("Values that change reach the Deployment inside", after=added)
def changed(lab):
    apply(environment("dev", GOOD, {"name": "second", "catalog": "podinfo",
                                    "values": {"replicaCount": 2, "ui": {"message": "changed"}}}))
    with inside("dev") as cluster:
        def follows():
            deployment = cluster.deployment("second", "podinfo")
            variables = deployment["spec"]["template"]["spec"]["containers"][0].get("env", [])
            return (deployment["spec"]["replicas"] == 2
                    and {"name": "PODINFO_UI_MESSAGE", "value": "changed"} in variables)
        eventually("the Deployment follows", 60, follows)
    eventually("all is ready again", 60, lambda: is_ready("dev", generation=True))


@story("An app that is removed is uninstalled", after=changed)
def removed(lab):
    apply(environment("dev", GOOD))
    eventually("its Release is gone", 60, lambda: "app-second" not in components("dev"))
    with inside("dev") as cluster:
        eventually("nothing of it is left inside", 30, lambda: not cluster.names(
            "deployments,services,secrets,replicasets", "second"))
        holds("the other app is", cluster.runs("podinfo"))
    eventually("the Environment is ready", 60, lambda: is_ready("dev", generation=True) and len(apps("dev")) == 1)


@story("An app whose chart cannot be pulled fails in the provider's words, and recovers", after=ready)
def failing(lab):
    apply(environment("dev", GOOD, {"name": "third", "catalog": "podinfo", "chart": {"version": "0.0.0-missing"}}))

    def says():
        condition = conditions(get("environment", "dev"))["AppsReady"]
        return condition["reason"] == "Failing" and "third: " in condition["message"] and condition["message"]
    message = eventually("AppsReady says so", 60, says)
    holds(f"in the provider's words: {message}", re.search("pull|chart|lookup|dial|not found", message))
    equal("apps by readiness", apps("dev"), {"podinfo": True, "third": False})
    equal("Ready", conditions(get("environment", "dev"))["Ready"]["status"], "False")
    apply(environment("dev", GOOD, {"name": "third", "catalog": "podinfo"}))
    eventually("with a chart that is there, all is ready", 90,
               lambda: is_ready("dev", generation=True) and apps("dev") == {"podinfo": True, "third": True})
    apply(environment("dev", GOOD))
    eventually("it is gone again", 60,
               lambda: is_ready("dev", generation=True) and "app-third" not in components("dev"))


@story("A bad app among good ones is named, and the others proceed", after=ready)
def bad(lab):
    apply(environment("dev", {"name": "nonsuch"}, GOOD, {"name": "fourth", "catalog": "podinfo"}))
    eventually("the good ones are ready", 60, lambda: apps("dev").get("fourth") and apps("dev").get("podinfo"))
    condition = conditions(get("environment", "dev"))["Accepted"]
    equal("Accepted", (condition["status"], condition["reason"]), ("False", "NotAccepted"))
    holds(f"it names the field: {condition['message']}", "spec.apps[0].name" in condition["message"])
    apply(environment("dev", GOOD))
    eventually("all is ready again", 60, lambda: is_ready("dev", generation=True) and len(apps("dev")) == 1)


@story("A size that changes changes the quota", after=ready)
def resized(lab):
    namespace = host("dev")

    def quota():
        return get("resourcequota", "vc-dev", namespace)["spec"]["hard"]["count/pods"]
    before = int(quota())
    apply(environment("dev", GOOD, size="medium"))
    eventually("the quota follows", 60, lambda: int(quota()) > before)
    eventually("the Environment is ready", 120, lambda: is_ready("dev", generation=True))

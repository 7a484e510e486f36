"""How an app is installed: how long Helm waits, retries on request, values, the namespace, and what has to be available."""
from scenarios import charts, names, platform, test_failing_apps
from scenarios.charts import parts
from scenarios.commands import get, kubectl
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.shared import FAULTY
from scenarios.virtual_cluster import VirtualCluster

CHART = platform.CHART | {"version": charts.FIRST}


def release(app):
    return FAULTY.components()[names.app(app)]


@after(test_failing_apps.test_invalid_app)
def test_wait_timeout():
    """An app whose pods never run fails after its own time, not after five minutes."""
    app = parts("slow", pods=1, requests={"cpu": "900"}) | {"wait": True, "waitTimeout": "20s"}
    FAULTY.request(parts(message="corrected"), app)
    test_failing_apps.wait_failing("slow", "deadline|timed out|not ready", 120)
    assert release("slow")["spec"]["forProvider"]["waitTimeout"] == "20s"
    before = release("slow")["metadata"]["generation"]
    FAULTY.request(parts(message="corrected"), app | {"waitTimeout": "90s"})
    eventually("the longer time is there", 60, lambda: release("slow")["spec"]["forProvider"]["waitTimeout"] == "1m30s")
    # provider-helm would write another form of the time in another way.
    FAULTY.wait_quiet(quiet=15)
    note(f"{release('slow')['metadata']['generation'] - before} changes of the Release")


@after(test_wait_timeout)
def test_retry():
    """A release that is retried no more is retried three times on request, and one that works is left alone."""
    broken = parts("again", broken=True)
    FAULTY.request(parts(message="corrected"), broken)
    eventually("it failed three times", 240, lambda: release("again")["status"].get("failed") == 3)
    FAULTY.wait_quiet(quiet=15)
    working = release("parts")["status"]["atProvider"]["revision"]
    FAULTY.request(parts(message="corrected") | {"retryRequestedAt": "1"}, broken | {"retryRequestedAt": "1"})
    eventually("it failed six times", 240, lambda: release("again")["status"].get("failed") == 6)
    assert release("again")["spec"]["rollbackLimit"] == 6
    FAULTY.wait_quiet(quiet=15)
    stays("it is not retried any more", 15, lambda: release("again")["status"].get("failed") == 6)
    assert release("parts")["status"]["atProvider"]["revision"] == working, "an app that works was upgraded"
    FAULTY.request(parts(message="corrected"), parts("again", broken=False)).wait_ready(150, "parts", "again")
    eventually("the limit is the usual one", 60, lambda: release("again")["spec"]["rollbackLimit"] == 3)


@after(test_retry)
def test_environment_values():
    """A value of the catalog has the name of the Environment in it, and a missing label is named."""
    entry = {"chart": CHART, "environmentValues": [{"name": "message", "value": "<domain> for <label:e2e/team>"}]}
    platform.set_settings(domain="e2e.example.org", catalog=catalog() | {"hosted": entry})
    try:
        hosted = {"name": "hosted", "catalog": "hosted"}
        FAULTY.request(hosted)
        eventually("the label is named", 90, lambda: "metadata.labels.e2e/team: " in FAULTY.condition(names.ACCEPTED)[2],
                   lambda: FAULTY.condition(names.ACCEPTED))
        kubectl("label", FAULTY.kind, FAULTY.name, "--namespace", FAULTY.namespace, "e2e/team=blue")
        FAULTY.wait_ready(150, "hosted")
        with VirtualCluster(FAULTY) as cluster:
            wanted = f"{FAULTY.name}.{FAULTY.namespace}.e2e.example.org for blue"
            assert cluster.config_map("hosted")["message"] == wanted
            kubectl("label", FAULTY.kind, FAULTY.name, "--namespace", FAULTY.namespace, "--overwrite", "e2e/team=red")
            eventually("the value follows the label", 90,
                       lambda: cluster.config_map("hosted")["message"].endswith("for red"))
    finally:
        kubectl("label", FAULTY.kind, FAULTY.name, "--namespace", FAULTY.namespace, "e2e/team-", may_fail=True)
        FAULTY.request()
        platform.set_settings()


def catalog():
    """The catalog of all scenarios."""
    return get("environmentconfig", names.SETTINGS, "")["data"]["catalog"]


@after(test_environment_values)
def test_namespace_metadata():
    """A namespace has its labels before the app is installed, also where it exists, and stays when the app goes."""
    labels = {"labels": {"e2e/team": "blue"}, "annotations": {"e2e/why": "a scenario"}}
    labelled = parts("labelled", message="one") | {"namespaceMetadata": labels}
    plain = parts("plain", message="one")
    FAULTY.request(labelled, plain).wait_ready(150, "labelled", "plain")
    component = FAULTY.components()["namespace-labelled"]
    assert component["metadata"]["creationTimestamp"] <= release("labelled")["metadata"]["creationTimestamp"]
    with VirtualCluster(FAULTY) as cluster:
        def metadata(name):
            return cluster.get("namespace", name, name)["metadata"]
        assert metadata("labelled")["labels"]["e2e/team"] == "blue"
        assert metadata("labelled")["annotations"]["e2e/why"] == "a scenario"
        uid, revision = metadata("plain")["uid"], release("plain")["status"]["atProvider"]["revision"]
        FAULTY.request(labelled, plain | {"namespaceMetadata": labels}).wait_ready(120, "labelled", "plain")
        eventually("the other namespace has the label", 60,
                   lambda: metadata("plain")["labels"].get("e2e/team") == "blue")
        assert metadata("plain")["uid"] == uid and release("plain")["status"]["atProvider"]["revision"] == revision
        FAULTY.request(plain)
        eventually("the app is gone", 120, lambda: not {names.app("labelled"), "namespace-labelled", "namespace-plain"}
                   & FAULTY.components().keys() and not FAULTY.removing)
        assert metadata("labelled")["labels"]["e2e/team"] == "blue", "the namespace is gone"
        assert metadata("plain")["uid"] == uid
        assert cluster.config_map("plain")["message"] == "one"


@after(test_namespace_metadata)
def test_workloads():
    """An app without wait is ready once its Deployment is available, and what depends on it waits for that."""
    deployment = {"workloads": [{"kind": "Deployment", "name": "<app>"}]}
    stuck = parts("heavy", pods=1, requests={"cpu": "900"}) | deployment
    user = parts("user", message="one") | {"dependsOn": ["heavy"]}
    FAULTY.request(stuck, user)
    eventually("the message names the Deployment", 120,
               lambda: "waits for Deployment heavy in the namespace heavy" in messages().get("heavy", ""), messages)
    assert names.app("user") not in FAULTY.components(), "it did not wait"
    FAULTY.request(parts("heavy", pods=1) | deployment, user).wait_ready(180, "heavy", "user")
    with VirtualCluster(FAULTY) as cluster:
        assert cluster.ready_replicas("heavy")
    FAULTY.request()
    eventually("all are gone", 120, lambda: not [name for name in FAULTY.components() if name.endswith("user")
                                                 or "heavy" in name] and not FAULTY.removing)


def messages():
    return {app["name"]: app["message"] for app in FAULTY.status.get("apps", [])}


@after(test_workloads)
def test_missing_workload():
    """A workload that does not exist is named a minute after the app was installed."""
    FAULTY.request(parts("parts", message="one") | {"workloads": [{"kind": "StatefulSet", "name": "nonsuch"}]})
    test_failing_apps.wait_failing("parts", "StatefulSet nonsuch in the namespace parts does not exist", 150)
    FAULTY.request(parts("parts", message="one")).wait_ready(90, "parts")

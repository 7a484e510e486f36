"""Apps that fail in different ways, and are corrected. Every message has the words of the program that failed."""
import re
import time

from scenarios import names, test_install
from scenarios.charts import SPELLED, parts
from scenarios.commands import apply, items, kubectl
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.shared import FAULTY
from scenarios.virtual_cluster import VirtualCluster, assert_installed


@after(test_install.test_installed)
def test_no_apps():
    """A cluster without apps is ready."""
    FAULTY.request().wait_ready(180)
    assert FAULTY.condition(names.APPS_READY)[:2] == ("True", names.NOT_REQUESTED)


def wait_failing(app, pattern, seconds=90):
    """Waits until the Environment says that this app fails, with a message that matches the pattern."""
    def matching():
        _, reason, message = FAULTY.condition(names.APPS_READY)
        return reason == names.FAILING and f"{app}: " in message and re.search(pattern, message) and message
    message = eventually(f"{app} fails", seconds, matching)
    assert FAULTY.condition("Ready")[0] == "False"
    note(f"“{message[:160]}”")


@after(test_no_apps)
def test_missing_chart():
    """An app whose chart does not exist fails, and recovers with a chart that exists."""
    FAULTY.request(parts(message="here"), parts("absent") | {"chart": {"version": "9.9.9"}})
    wait_failing("absent", "no chart version|not found")
    eventually("the other app is ready", 60, lambda: FAULTY.apps().get("parts"))
    FAULTY.request(parts(message="here"), parts("absent")).wait_ready(120, "parts", "absent")
    assert_installed(FAULTY, "parts", "absent")


@after(test_no_apps)
def test_null():
    """A null of the team removes a value of the catalog and the chart's own default."""
    valued = {"name": "valued", "catalog": "valued"}
    FAULTY.request(valued).wait_ready(120, "valued")
    with VirtualCluster(FAULTY) as cluster:
        assert cluster.config_map("valued")["message"] == "catalog"
        # Without --server-side, kubectl drops null.
        FAULTY.request(valued | {"values": {"message": None}}, flags=("--server-side", "--force-conflicts"))
        FAULTY.wait_ready(120, "valued")
        assert cluster.config_map("valued")["message"] == ""


@after(test_no_apps)
def test_values_from():
    """A team's valuesFrom wins over the catalog's values, and a locked value wins over both."""
    source = {"configMapKeyRef": {"name": "team-values"}}
    apply({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "team-values", "namespace": FAULTY.namespace},
           "data": {"values.yaml": "message: team"}})
    valued, locked = ({"name": name, "catalog": name, "valuesFrom": [source]} for name in ("valued", "locked"))
    try:
        FAULTY.request(valued, locked).wait_ready(120, "valued", "locked")
        with VirtualCluster(FAULTY) as cluster:
            assert cluster.config_map("valued")["message"] == "team"
            assert cluster.config_map("locked")["message"] == "catalog"
        assert composed_values("valued") == ['{"message":"catalog"}']
        FAULTY.request(valued, locked | {"values": {"message": "team"}})
        eventually("the locked value is refused", 60,
                   lambda: "spec.apps[1].values.message: " in FAULTY.condition(names.ACCEPTED)[2])
        note(f"“{FAULTY.condition(names.ACCEPTED)[2][:160]}”")
        with VirtualCluster(FAULTY) as cluster:
            assert cluster.config_map("locked")["message"] == "catalog"
    finally:
        FAULTY.request()
        eventually("both are gone", 120, lambda: not {names.app("valued"), names.app("locked")} & FAULTY.components().keys())
        eventually("their ConfigMaps are gone", 60, lambda: not composed_values("valued") + composed_values("locked"))
        kubectl("delete", "configmap", "team-values", "--namespace", FAULTY.namespace)


def composed_values(app):
    """The contents of the ConfigMaps with the catalog's values of an app."""
    return [one["data"]["values.yaml"] for one in items(
        "configmaps", FAULTY.namespace, "--selector", f"{names.OWNER_LABEL}={names.owned_by_app(app)}") if FAULTY.owns(one)]


@after(test_no_apps)
def test_version_spelled_otherwise():
    """An app whose chart spells its version otherwise fails with the right version, and is ready with it."""
    FAULTY.request(parts("spelled") | {"chart": {"version": SPELLED[1:]}})
    wait_failing("spelled", f"set chart.version to {SPELLED}")
    FAULTY.request(parts("spelled") | {"chart": {"version": SPELLED}}).wait_ready(120, "spelled")


@after(test_no_apps)
def test_removed_in_order():
    """Of two apps that are removed together, the one that depends on the other is uninstalled first."""
    user = parts("user") | {"dependsOn": ["used"]}
    FAULTY.request(user, parts("used")).wait_ready(120, "user", "used")
    start = time.monotonic()
    FAULTY.request()
    eventually("both are gone", 120, lambda: not {names.app("user"), names.app("used")} & FAULTY.components().keys())
    eventually("nothing is being removed", 60, lambda: not FAULTY.status.get("removing"))
    changes = FAULTY.component_changes(names.RELEASES, start)

    def of(app, holds):
        return [one.time for one in changes
                if one.thing["metadata"]["labels"][f"{names.PREFIX}/component"] == names.app(app) and holds(one)]
    gone = of("user", lambda one: one.event == "DELETED")
    begins = of("used", lambda one: "deletionTimestamp" in one.thing["metadata"])
    assert gone and begins and gone[-1] < begins[0], f"user gone at {gone}, used deleted at {begins}"


@after(test_no_apps)
def test_rejected_values():
    """An app whose values the chart's schema rejects fails, and what was installed before stays."""
    FAULTY.request(parts(message="here")).wait_ready(120, "parts")
    FAULTY.request(parts(message=7))
    wait_failing("parts", "got number|want string")
    with VirtualCluster(FAULTY) as cluster:
        assert cluster.config_map("parts")["message"] == "here"
    FAULTY.request(parts(message="corrected")).wait_ready(120, "parts")
    with VirtualCluster(FAULTY) as cluster:
        assert cluster.config_map("parts")["message"] == "corrected"


@after(test_no_apps)
def test_failing_installation():
    """A failing installation is retried three times, then not any more, and succeeds after the app is corrected."""
    FAULTY.request(parts(message="corrected"), parts("broken", broken=True))
    wait_failing("broken", "99999|Service")
    eventually("it is not retried any more", 150,
               lambda: FAULTY.components()[names.app("broken")]["status"].get("failed") == 3)
    FAULTY.wait_quiet(quiet=15)  # provider-helm counts a retry when it uninstalls, and installs ten seconds later
    assert FAULTY.apps()["parts"], "the other app is not ready"
    before = FAULTY.versions()
    stays("it is not retried, and nothing is written", 15, lambda: FAULTY.versions() == before)
    FAULTY.request(parts(message="corrected"), parts("broken", broken=False)).wait_ready(150, "parts", "broken")
    assert_installed(FAULTY, "parts", "broken")


@after(test_no_apps)
def test_invalid_app():
    """An invalid app is named, and the valid ones are installed."""
    FAULTY.request({"name": "nonsuch"}, parts(message="corrected"), parts("fourth"))
    eventually("the valid ones are ready", 90, lambda: FAULTY.apps().get("fourth") and FAULTY.apps().get("parts"))
    status, reason, message = FAULTY.condition(names.ACCEPTED)
    assert (status, reason) == ("False", names.INVALID)
    assert "spec.apps[0].name" in message
    note(f"“{message[:160]}”")
    FAULTY.request(parts(message="corrected"), parts("fourth")).wait_ready(90, "parts", "fourth")
    assert_installed(FAULTY, "parts", "fourth")

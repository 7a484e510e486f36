"""Rules of the platform that differ by team."""
from scenarios import charts, names, platform, test_settings
from scenarios.charts import parts
from scenarios.commands import TEAM, get
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after
from scenarios.shared import B, DEV

RULED = Environment("ruled", B)
THEIRS = {"name": "theirs", "catalog": "theirs"}
SHIPPED, RULED_PODS = {"small": 20, "medium": 40}, 12  # the pods of sizes
RULES = {"name": "b", "namespaces": [f"{TEAM}-b*"], "settings": {
    "sizes": {"small": {"vcluster": {"pods": RULED_PODS}}, "tight": None},
    "catalog": {"theirs": {"chart": platform.CHART | {"version": charts.FIRST}}},
    "limits": {"maxApps": 1}}}


def pods(environment):
    quota = get("resourcequota", names.quota(environment.cluster), environment.host)
    return int(quota["spec"]["hard"]["count/pods"])


@after(test_settings.test_required_settings)
def test_two_teams():
    """Two teams on one cluster have different sizes, catalogs and limits, and the rules of the one change nothing for the other."""
    eventually("what other Settings added is removed", 120, lambda: not DEV.status.get(names.REMOVING))
    DEV.wait_quiet()
    before, apps = DEV.component_versions(), DEV.requested["spec"]["apps"]
    platform.set_settings(teams=[RULES])
    RULED.request(THEIRS).wait_ready(180, "theirs")
    DEV.trigger()
    stays("nothing of the other team's Environment is written", 15, lambda: DEV.component_versions() == before)
    note(f"{pods(RULED)} pods in one team's quota, {pods(DEV)} in the other's")
    assert pods(DEV) - pods(RULED) == SHIPPED[DEV.requested["spec"]["size"]] - RULED_PODS, "the sizes do not differ as the rules do"
    RULED.request(THEIRS, parts())
    wait_refused(RULED, "spec.apps[1]: exceeds the limit of 1 apps")
    RULED.request(THEIRS, size="tight")
    wait_refused(RULED, "spec.size: is \"tight\"")
    RULED.request(THEIRS).wait_ready(60, "theirs")
    DEV.request_apps(*apps, THEIRS)
    wait_refused(DEV, "but the catalog has no entry of this name")
    DEV.request_apps(*apps).wait_ready(60)


@after(test_two_teams)
def test_rules_removed():
    """When a team loses its rules, an app that it may no longer have stays as it is, and the error says so."""
    release, before = RULED.components()[names.app("theirs")], pods(RULED)
    platform.set_settings()
    RULED.trigger()
    wait_refused(RULED, "but the catalog has no entry of this name")
    RULED.wait_quiet()
    after_it = RULED.components()[names.app("theirs")]
    assert after_it["metadata"]["uid"] == release["metadata"]["uid"]
    assert after_it["spec"] == release["spec"], "the app was changed"
    eventually("the size is that of all others", 60, lambda: pods(RULED) == before + SHIPPED["small"] - RULED_PODS, lambda: pods(RULED))


def wait_refused(environment, words):
    eventually(f"Accepted says: {words}", 60, lambda: environment.condition(names.ACCEPTED)[1] == names.INVALID
               and words in environment.condition(names.ACCEPTED)[2], lambda: environment.condition(names.ACCEPTED))

"""What `./environment plan` predicts from a cluster, with an account that cannot read Secrets, and what happens then."""
import json

from scenarios import names, platform, test_first_environment
from scenarios.charts import parts
from scenarios.commands import TEAM, get, kubectl
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note
from scenarios.marks import after
from scenarios.planner import CHANGED, UNCHANGED, changed_paths, plan, planned_paths, plans, reader

PLANNED, ALSO_PLANNED = Environment("planned"), Environment("also-planned")
LABEL = {"cost-center": "planned"}


def assert_unchanged(kubeconfig):
    status, found = plan(kubeconfig, f"{TEAM}/{PLANNED.name}")
    assert (status, found["outcome"], found["changes"]) == (UNCHANGED, "unchanged", [])
    return found


@after(test_first_environment.test_ready)
def test_unchanged(tmp_path):
    """A plan of an unchanged Environment is empty, with an account that may only get and list, and may not read Secrets."""
    PLANNED.request(PODINFO).wait_ready(120, "podinfo").wait_quiet()
    before = PLANNED.snapshot()
    with reader(tmp_path) as kubeconfig:
        for verb in ("get", "list", "watch"):
            answer = kubectl("auth", "can-i", verb, "secrets", "--all-namespaces", "--kubeconfig", kubeconfig, may_fail=True)
            assert answer.stdout.strip() == "no", f"the account may {verb} Secrets"
        found = eventually("the rights hold", 30, lambda: assert_unchanged(kubeconfig))
    release = PLANNED.components()[names.CLUSTER]["metadata"]["name"]
    assert [one["name"] for one in found["inferredConnectionSecretsOf"]] == [release]
    assert found["notRun"] == found["notRead"] == found["valuesNotReadFrom"] == []
    assert PLANNED.snapshot() == before, "a plan writes nothing"


@after(test_unchanged)
def test_changed_settings(tmp_path):
    """A plan of changed Settings predicts for each Environment what changes, and this happens then."""
    both = {(one.namespace, one.name): one for one in (PLANNED, ALSO_PLANNED)}
    ALSO_PLANNED.request().wait_ready(120).wait_quiet()
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(platform.settings(host={"labels": LABEL})))
    before = {key: one.components() for key, one in both.items()}
    try:
        with reader(tmp_path) as kubeconfig:
            found = eventually("the rights hold", 30, lambda: plans(kubeconfig, "--all", "--settings", file))[1]
            for key in both:
                assert [found[key][what] for what in ("created", "removed", "changed", "restarted")] == [
                    [], [], [names.NAMESPACE], []], key
            assert not any(has_label(one) for one in both.values()), "a plan writes nothing"
            platform.set_settings(host={"labels": LABEL})
            for one in both.values():
                one.trigger()
            eventually("the label is there", 60, lambda: all(has_label(one) for one in both.values()))
            for key, one in both.items():
                now = one.wait_ready(60).wait_quiet().components()
                assert {name: changed_paths(before[key][name], now[name]) for name in before[key]} == {
                    name: planned_paths(found[key], name) for name in before[key]}
                assert now.keys() == before[key].keys()
            unchanged = plans(kubeconfig, "--all")[1]
            assert [unchanged[key]["changes"] for key in both] == [[], []]
    finally:
        platform.set_settings()
        PLANNED.trigger()
        eventually("the label is gone", 60, lambda: not has_label(PLANNED))
    PLANNED.wait_ready(60).wait_quiet()
    ALSO_PLANNED.delete()


def has_label(environment):
    return LABEL.items() <= get("namespace", environment.host)["metadata"]["labels"].items()


@after(test_unchanged)
def test_three_changes(tmp_path):
    """A plan predicts an added app, a removed app and a changed size, and this happens then."""
    changed = PLANNED.body(parts(pods=1), size="medium")
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(changed))
    components, control_plane = PLANNED.components(), pod()
    with reader(tmp_path) as kubeconfig:
        status, found = eventually("the rights hold", 30, lambda: plan(kubeconfig, "--environment", file))
        assert (status, found["created"], found["removed"], found["changed"], found["restarted"]) == (
            CHANGED, [names.app("parts")], [names.app("podinfo")], [names.CLUSTER], [names.CLUSTER])
        assert PLANNED.component_uids() == {name: one["metadata"]["uid"] for name, one in components.items()}

        PLANNED.request(parts(pods=1), size="medium").wait_ready(240, "parts")
        eventually("nothing is being removed", 90, lambda: not PLANNED.removing)
        PLANNED.wait_quiet()
        now = PLANNED.components()
        assert now.keys() == components.keys() - set(found["removed"]) | set(found["created"])
        for name in components.keys() & now.keys():
            assert changed_paths(components[name], now[name]) == planned_paths(found, name), f"changes of {name}"
        assert pod() != control_plane, "the control plane has not restarted"
        assert_order(found)
        assert_unchanged(kubeconfig)
    note(f"ready after {PLANNED.ready_after():.1f} s, {found['seconds']} s in the plan")
    PLANNED.delete()


def pod():
    """The uid of the control plane's pod."""
    return get("pod", f"{PLANNED.cluster}-0", PLANNED.host)["metadata"]["uid"]


def assert_order(found):
    """The removed app is marked for its deletion before it is deleted, in the plan as on the cluster."""
    actions = [one["action"] for one in found["changes"] if one["component"] == names.app("podinfo")]
    assert (actions[0], actions[-1]) == ("changed", "removed")
    policies = [change.thing["spec"].get("managementPolicies") for change in PLANNED.component_changes(names.RELEASES)
                if change.thing["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME] == names.app("podinfo")]
    assert policies[-1] == ["Observe", "Delete"]

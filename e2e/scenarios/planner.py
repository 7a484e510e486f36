"""`./environment plan`, with an account that may read what plans need, and nothing else."""
import json
import re
from contextlib import contextmanager

from scenarios.commands import HOME, TEAM, kubectl, run
from scenarios.expect import differences

ACCOUNT = f"{TEAM}-planner"
UNCHANGED, CHANGED = 0, 2


@contextmanager
def reader(folder):
    """A kubeconfig of a service account with package/team/plan.yaml and nothing else."""
    role = HOME / "package/team/plan.yaml"
    kubectl("apply", "--filename", role)
    kubectl("create", "serviceaccount", ACCOUNT, "--namespace", TEAM)
    try:
        kubectl("create", "clusterrolebinding", ACCOUNT, "--clusterrole=environment-plan", f"--serviceaccount={TEAM}:{ACCOUNT}")
        config = json.loads(kubectl("config", "view", "--minify", "--raw", "--flatten", "--output", "json").stdout)
        token = kubectl("create", "token", ACCOUNT, "--namespace", TEAM, "--duration=1h").stdout.strip()
        config["users"] = [{"name": ACCOUNT, "user": {"token": token}}]
        config["contexts"][0]["context"]["user"] = ACCOUNT
        file = folder / "planner.json"
        file.write_text(json.dumps(config))
        yield file
    finally:
        kubectl("delete", "clusterrolebinding", ACCOUNT, "--ignore-not-found")
        kubectl("delete", "serviceaccount", ACCOUNT, "--namespace", TEAM, "--ignore-not-found")
        kubectl("delete", "--filename", role, "--ignore-not-found")


@contextmanager
def may_get(resource, namespace):
    """Lets the account read resources of one type in one namespace."""
    try:
        kubectl("create", "role", ACCOUNT, "--verb=get", f"--resource={resource}", "--namespace", namespace)
        kubectl("create", "rolebinding", ACCOUNT, f"--role={ACCOUNT}", f"--serviceaccount={TEAM}:{ACCOUNT}",
                "--namespace", namespace)
        yield
    finally:
        kubectl("delete", "rolebinding,role", ACCOUNT, "--namespace", namespace, "--ignore-not-found")


def plan(kubeconfig, *words):
    """The exit status, and the plan of the one Environment."""
    status, found = plans(kubeconfig, *words)
    assert status in (UNCHANGED, CHANGED), found
    return status, next(iter(found.values()))


def plans(kubeconfig, *words):
    """The exit status, and the plans by namespace and name. One of an Environment that is invalid has the status 1."""
    answer = run(HOME / "environment", "plan", "--kubeconfig", kubeconfig, "-o", "json", *words, may_fail=True)
    assert answer.stdout.startswith("{"), answer.stderr + answer.stdout
    return answer.returncode, {(one["namespace"], one["name"]): one for one in json.loads(answer.stdout)["environments"]}


def planned_paths(found, component):
    """The fields of a component that change in its plan, without those of its metadata."""
    return sorted({path for one in found["changes"] if one["component"] == component for path in one.get("paths", [])
                   if path.startswith("spec.")})


def changed_paths(before, now):
    """The fields that have changed, as plans name them: a list is one value."""
    return sorted({re.sub(r"\[.*", "", one.split(": ")[0]).removeprefix(".") for one in differences(
        {"spec": before["spec"]}, {"spec": now["spec"]})})

"""A new version of the function while Environments run."""
import os
import shutil
import tarfile
import time
from pathlib import Path

import pytest

from scenarios import names, platform, test_install
from scenarios.commands import HOME, TEAM, conditions, get, kubectl, run
from scenarios.environment import PODINFO, Environment
from scenarios.expect import differences, eventually, note, repaired_by
from scenarios.marks import after, needs
from scenarios.packages import function, function_calls, function_pods, is_ready, restart_crossplane
from scenarios.planner import changed_paths, plan, planned_paths, reader

OLDER = {"vcluster": "0.36.0", "podinfo": "6.14.0"}
IMAGE = "{controlPlane: {statefulSet: {image: {tag: 0.36.1}}}}"
# The values that releases since the earlier commit close.
FIXED = tuple(f"spec.forProvider.values.{path}" for path in ("policies.networkPolicy.workload", "sync"))
# What the packages are made of.
SOURCES = ("src/main", "package", "proto", "pom.xml", "crossplane.yaml", "Dockerfile")


@after(test_install.test_installed)
@needs("crossplane", "helm", "REGISTRY")
@pytest.mark.timeout(1500)
def test_upgraded(tmp_path):
    """The function is upgraded from an earlier commit with other default versions, and what is in steady state stays as it is, but
    for security fixes."""
    charts_on_nodes, vcluster = os.environ.get("CHARTS"), os.environ.get("VCLUSTER_CHART")
    if charts_on_nodes and not vcluster:
        pytest.skip("VCLUSTER_CHART is not set, which CHARTS needs here")
    base = resolve(names.UPGRADE_BASE)
    platform.set_settings()  # an earlier function refuses what it does not know
    made = []
    try:
        if charts_on_nodes:  # otherwise both are pulled from where they are published
            made += older_chart(tmp_path, vcluster, Path(charts_on_nodes) / f"vcluster-{OLDER['vcluster']}.tgz")
            made += older_chart(tmp_path, Path(charts_on_nodes) / "podinfo-6.14.1.tgz",
                                Path(charts_on_nodes) / f"podinfo-{OLDER['podinfo']}.tgz")
        now = get("function", function())["spec"]["package"]
        earlier = older_package(tmp_path / "checkout", base)
        with repaired_by(lambda: install(now)):
            upgrade(earlier, now, tmp_path)
    finally:
        for archive in made:
            archive.unlink()


def resolve(base):
    """The commit to upgrade from; a note if its function is the same as this checkout's."""
    found = run("git", "-C", HOME, "rev-parse", "--verify", "--quiet", f"{base}^{{commit}}", may_fail=True)
    if found.returncode:
        pytest.skip(f"this clone has no commit {base}, from which to upgrade")
    commit = found.stdout.strip()
    same = not run("git", "-C", HOME, "diff", "--quiet", commit, "--", *SOURCES, may_fail=True).returncode
    note(f"from {commit[:7]}" + (", whose function differs only in the default versions" if same else ""))
    return commit


def upgrade(earlier, now, folder):
    """Upgrades the function while an Environment is in steady state, and compares that with the plan of this checkout."""
    install(earlier)
    old, new = Environment("old"), Environment("new")
    old.request(PODINFO).wait_ready(120)
    assert chart_versions(old) == OLDER
    restart_crossplane()  # which then forgets that there were many events, and writes a condition about it
    eventually("the function writes nothing more to a young Environment", 120, lambda: old.age > 90)
    old.wait_quiet(120, quiet=15)
    with reader(folder) as kubeconfig:
        planned = eventually("the rights hold", 30, lambda: plan(kubeconfig, f"{TEAM}/{old.name}"))[1]
    versions, revisions, before = old.versions(), helm_revisions(old), old.object

    install(now)
    calls = function_calls()
    restart_crossplane()  # which then looks at everything
    eventually("the new function is called", 90, lambda: function_calls() > calls)
    time.sleep(60)
    announced = old.status["cluster"].get("securityFix")
    fixes = [names.CLUSTER] if announced else []
    assert [planned[what] for what in ("created", "removed", "changed", "restarted")] == [[], [], fixes, fixes]
    assert [one for one in differences(before, old.object) if not is_announcement(one, announced)] == []
    assert {name: version for name, version in old.versions().items() if not (announced and name == "Environment/old")} == {
        name: version for name, version in versions.items() if not (announced and name == "Environment/old")}
    assert helm_revisions(old) == revisions
    if announced:
        fixed(old, announced, planned)
    new.request(PODINFO)
    eventually("a new Environment gets newer charts", 60, lambda: chart_versions(new)["vcluster"] > OLDER["vcluster"])
    note(f"none of {len(versions)} resources changed in 60 s")
    new.delete()
    old.delete()


def is_announcement(difference, announced):
    return announced and difference.startswith((".status.cluster.securityFix", ".metadata.resourceVersion",
                                                ".metadata.managedFields"))


def fixed(environment, announced, planned):
    """A security fix of a cluster that runs: it is held back, announced again, and then applied as planned, and nothing else."""
    assert "after" in announced, announced
    try:
        platform.set_settings(securityFixes="hold", timing={"settled": "30s"})
        environment.trigger()
        eventually("it is held back", 60, lambda: "after" not in environment.status["cluster"]["securityFix"])
        policy = get("networkpolicy", f"vc-work-{environment.cluster}", environment.host)
        assert "169.254.0.0/16" not in str(policy)
        cluster = environment.components()[names.CLUSTER]
        platform.set_settings(timing={"settled": "30s"})
        environment.trigger()
        eventually("the network policy closes the address of the node's credentials", 120, lambda: "169.254.0.0/16" in str(
            get("networkpolicy", f"vc-work-{environment.cluster}", environment.host)))
        changed = changed_paths(cluster, environment.components()[names.CLUSTER])
        assert changed == planned_paths(planned, names.CLUSTER)
        assert all(one.startswith(FIXED) for one in changed), changed
        environment.wait_ready(180, "podinfo")
        assert "securityFix" not in environment.status["cluster"]
        note("a security fix was announced, held back and applied")
    finally:
        platform.set_settings()


def older_package(checkout, base):
    """Builds and pushes the function of the base, with older versions in its defaults."""
    run("git", "-C", HOME, "worktree", "add", "--force", "--detach", checkout, base)
    try:
        defaults, = checkout.glob("src/main/resources/**/defaults.yaml")
        text = defaults.read_text()
        for newer, older in ((" 6.14.1\n", f" {OLDER['podinfo']}\n"), (" 0.36.1\n", f" {OLDER['vcluster']}\n"),
                             # The image of the newer vcluster, since there may be no other on the nodes.
                             ("\n  vcluster:\n", f"\n  vcluster:\n    values: {IMAGE}\n")):
            assert text.count(newer) == 1, f"{newer!r} is not once in the defaults of {base}"
            text = text.replace(newer, older)
        defaults.write_text(text)
        configuration = run(checkout / "e2e/package", "--push", f"{os.environ['REGISTRY']}/e2e").stdout.strip()
        return configuration.replace("/configuration-environment:", "/function-environment:")
    finally:
        run("git", "-C", HOME, "worktree", "remove", "--force", checkout)


def older_chart(work, archive, older):
    """Packages a chart again under an older version, where provider-helm looks for it. Returns what it has made."""
    if older.exists():
        return []
    version = older.stem.split("-")[-1]
    with tarfile.open(archive) as tar:
        tar.extractall(work / version, filter="data")
    folder = next((work / version).iterdir())
    run("helm", "package", folder, "--version", version, "--destination", older.parent)
    shutil.rmtree(folder)
    return [older]


def install(package):
    """Has the package manager install this package of the function, and waits until it runs."""
    kubectl("patch", "function", function(), "--type", "merge", "--patch", f'{{"spec": {{"package": "{package}"}}}}')
    eventually("it is the current revision, and runs", 120, lambda: get("functionrevision", get("function", function())[
        "status"]["currentRevision"])["spec"]["image"] == package and conditions(get("function", function()))["Healthy"][
        "status"] == "True" and function_pods() and all(is_ready(pod) for pod in function_pods()))


def releases(environment):
    return [one for one in environment.components().values() if one["kind"] == "Release"]


def chart_versions(environment):
    charts = [one["spec"]["forProvider"]["chart"] for one in releases(environment)]
    return {chart["name"]: chart["version"] for chart in charts}


def helm_revisions(environment):
    return {one["metadata"]["name"]: one["status"]["atProvider"]["revision"] for one in releases(environment)}

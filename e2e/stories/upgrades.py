"""A new release of the function under Environments that run."""
import os
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

from stories.beginning import called
from stories.environments import PODINFO, Environment, age
from stories.installing import function, installed, restart_crossplane, running
from stories.walk import HOME, Skipped, apply, conditions, equal, eventually, get, kubectl, mending, note, run, story

EARLIER = "af85df1"  # the last commit before the function had probes
OLDER = {"vcluster": "0.36.0", "podinfo": "6.14.0"}


@story("The function is upgraded from an earlier commit with other default versions, and what is at rest stays as it is",
       after=installed, needs=["crossplane", "helm", "REGISTRY"])
def upgraded(lab):
    charts_of_nodes, vcluster = os.environ.get("CHARTS"), os.environ.get("VCLUSTER_CHART")
    if charts_of_nodes and not vcluster:
        raise Skipped("VCLUSTER_CHART is not given, which CHARTS needs here")
    made = []
    try:
        older(charts_of_nodes, vcluster, made)
    finally:
        for archive in made:
            archive.unlink()


def older(charts_of_nodes, vcluster, made):
    """Installs a function of then, and upgrades it; with charts of then, where the nodes have charts of their own."""
    now = get("function", function())["spec"]["package"]
    with tempfile.TemporaryDirectory() as work:
        if charts_of_nodes:  # and else both are to be had where they are published
            made += chart(Path(work), vcluster, Path(charts_of_nodes) / f"vcluster-{OLDER['vcluster']}.tgz")
            made += chart(Path(work), Path(charts_of_nodes) / "podinfo-6.14.1.tgz",
                          Path(charts_of_nodes) / f"podinfo-{OLDER['podinfo']}.tgz")
        earlier = package(Path(work) / "checkout")
    # It has no probes to answer.
    apply({"apiVersion": "pkg.crossplane.io/v1beta1", "kind": "ImageConfig", "metadata": {"name": "e2e-earlier"},
           "spec": {"matchImages": [{"prefix": earlier}], "runtime": {"configRef": {"name": "default"}}}})
    with mending(lambda: bring(now)):
        upgrade(earlier, now)
    kubectl("delete", "imageconfig", "e2e-earlier")


def upgrade(earlier, now):
    """Under an Environment that is at rest."""
    bring(earlier)
    old, new = Environment("old"), Environment("new")
    old.ask(PODINFO).comes(120)
    equal("charts", charts(old), OLDER)
    restart_crossplane()  # which then forgets that there were many events, and says so in a condition of its own
    eventually("the function writes nothing more to what is young", 120, lambda: age(old) > 90)
    old.rests(120, quiet=15)
    before, revisions, said = old.versions(), helm(old), old.seen

    bring(now)
    asked = called()
    restart_crossplane()  # which then looks at everything
    eventually("the new function was asked", 90, lambda: called() > asked)
    time.sleep(60)
    equal("the Environment", old.seen, said)
    equal("resource versions", old.versions(), before)
    equal("revisions of Helm", helm(old), revisions)
    new.ask(PODINFO)
    eventually("a new Environment gets newer charts", 60, lambda: charts(new)["vcluster"] > OLDER["vcluster"])
    note(f"no version of {len(before)} resources moved in 60 s")
    new.delete()
    old.delete()


def package(checkout):
    """The function of then, with other versions in its defaults."""
    run("git", "-C", HOME, "worktree", "add", "--force", "--detach", checkout, EARLIER)
    try:
        defaults = checkout / "src/main/resources/io/functionenvironment/settings/defaults.yaml"
        text = defaults.read_text().replace("version: 6.14.1", f"version: {OLDER['podinfo']}").replace(
            "version: 0.36.1", f"version: {OLDER['vcluster']}").replace(
            "\n  vcluster:\n", "\n  vcluster:\n    values: {controlPlane: {statefulSet: {image: {tag: 0.36.1}}}}\n")
        defaults.write_text(text)
        return run(checkout / "lab/package", "--push", f"{os.environ['REGISTRY']}/e2e").stdout.strip()
    finally:
        run("git", "-C", HOME, "worktree", "remove", "--force", checkout)


def chart(work, archive, older):
    """The same chart under an older version, where provider-helm looks for it. Returns what was made, if it was not there."""
    if older.exists():
        return []
    version = older.stem.split("-")[-1]
    with tarfile.open(archive) as tar:
        tar.extractall(work / version, filter="data")
    folder = next((work / version).iterdir())
    run("helm", "package", folder, "--version", version, "--destination", older.parent)
    shutil.rmtree(folder)
    return [older]


def bring(package):
    kubectl("patch", "function", function(), "--type", "merge", "--patch", f'{{"spec": {{"package": "{package}"}}}}')
    eventually("it is the current revision, and runs", 120, lambda: get("functionrevision", get("function", function())[
        "status"]["currentRevision"])["spec"]["image"] == package and conditions(get("function", function()))["Healthy"][
        "status"] == "True" and running() and all(conditions(pod)["Ready"]["status"] == "True" for pod in running()))


def releases(environment):
    return [one for one in environment.parts().values() if one["kind"] == "Release"]


def charts(environment):
    return {one["spec"]["forProvider"]["chart"]["name"]: one["spec"]["forProvider"]["chart"]["version"]
            for one in releases(environment)}


def helm(environment):
    return {one["metadata"]["name"]: one["status"]["atProvider"]["revision"] for one in releases(environment)}

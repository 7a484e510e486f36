"""The reports of a run: one JUnit file, and a page with the last run of each scenario."""
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import namedtuple
from datetime import datetime, timezone

from scenarios import run_state
from scenarios.commands import CROSSPLANE, HOME, get, items, kubectl, run

Result = namedtuple("Result", "title outcome seconds notes reason")
TOKENS = re.compile(r"^\| (?P<phase>[^|]+) \| \d+ \| \d* ?\| -?\d+ \|$")
ROW = re.compile(r"^\| (?P<title>[^|]+) \| (?P<seen>[^|]*) \| (?P<seconds>[^|]*) \| (?P<commit>[^|]*) \|$")


def merge(files, to):
    """Puts the JUnit files of several calls of pytest into one."""
    suites = ElementTree.Element("testsuites")
    for file in files:
        suites.extend(ElementTree.parse(file).getroot())
    ElementTree.ElementTree(suites).write(to, encoding="utf-8", xml_declaration=True)


def results(junit):
    return [result(case) for case in ElementTree.parse(junit).getroot().iter("testcase")]


def result(case):
    properties = [(one.get("name"), one.get("value")) for one in case.iter("property")]
    trouble = next((one for word in ("failure", "error", "skipped") for one in case.iter(word)), None)
    outcome = "passed" if trouble is None else "skipped" if trouble.tag == "skipped" else "failed"
    reason = "" if trouble is None else trouble.get("message", "").splitlines()[0]
    title = dict(properties).get("title", f"{case.get('classname')}.{case.get('name')}")
    return Result(title, outcome, float(case.get("time")), [value for name, value in properties if name == "note"], reason)


def count(found):
    return {outcome: sum(one.outcome == outcome for one in found) for outcome in ("passed", "failed", "skipped")}


def write(file, found, start):
    """Replaces the rows of the scenarios that ran. A scenario that was skipped keeps its former row."""
    rows = {}
    if file.exists():
        rows = {row["title"]: row[0] for row in map(ROW.match, file.read_text().splitlines()) if row}
    for one in found:
        if one.outcome != "skipped" or one.title not in rows:
            seen = "; ".join(one.notes) if one.outcome == "passed" else f"**{one.outcome}**: {one.reason}"
            rows[one.title] = f"| {one.title} | {cell(seen)} | {one.seconds:.0f} | {commit()} |"
    known = [title for _, title in run_state.load("scenarios")]
    lines = [rows[title] for title in known if title in rows]
    failed, skipped = (sum(f"| **{word}**" in line for line in lines) for word in ("failed", "skipped"))
    minutes = (datetime.now(timezone.utc) - start).total_seconds() / 60
    file.write_text("\n".join([
        "# End-to-end results", "",
        "The last run of each scenario on a real cluster, and the commit that it tested. `e2e/run --report docs/e2e-results.md`",
        "writes this page; [e2e](../e2e/README.md) describes the scenarios.", "",
        f"* {len(lines) - failed - skipped} passed, {failed} failed, {skipped} skipped",
        f"* The last run took {minutes:.0f} minutes for {len(found)} scenarios, on {start:%Y-%m-%d}.",
        f"* {cluster()}", "",
        "“Gone within 30 seconds” does not count the Object of the host namespace, which is gone within 90 seconds.", "",
        "| Scenario | Observations | Seconds | Commit |", "|---|---|---:|---|", *lines, "", *tokens(file)]) + "\n")


def write_transcripts(file):
    """Writes what kubectl showed in this run, if it was asked."""
    shown = run_state.load("transcripts", {})
    if shown:
        file.write_text("\n".join([
            "# What kubectl shows", "",
            "The smallest Environment, a minute after it was requested, in the words of kubectl.",
            "`e2e/run --report docs/e2e-results.md` writes this page, too.",
            *(line for words, text in shown.items() for line in (
                "", f"    {words}", "", "```", *map(str.rstrip, text.rstrip().splitlines()), "```"))]) + "\n")


def tokens(file):
    """The rows of the phases; those that were not measured keep their former row."""
    rows = {}
    if file.exists():
        rows = {row["phase"]: row[0] for row in map(TOKENS.match, file.read_text().splitlines()) if row}
    for phase, (spent, budget, lowest) in run_state.load("tokens", {}).items():
        rows[phase] = f"| {phase} | {spent} | {budget or ''} | {lowest:.0f} |"
    return ["## The circuit breaker", "",
            "Crossplane's watch circuit breaker has 100 tokens for each Environment and gets back one a second. What was used up in each",
            "phase, what may be, and the fewest tokens that were left:", "",
            "| Phase | Tokens | Budget | Left |", "|---|---:|---:|---:|", *rows.values()]


def cell(text):
    return " ".join(text.replace("|", "/").split())


def commit():
    """What was tested; the documents, to which this page belongs, do not count."""
    changed = run("git", "-C", HOME, "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs").stdout.strip()
    return run("git", "-C", HOME, "rev-parse", "--short", "HEAD").stdout.strip() + (" with changes" if changed else "")


def cluster():
    version = json.loads(kubectl("version", "--output", "json").stdout)["serverVersion"]["gitVersion"]
    nodes = items("nodes", None)
    processors = sum(int(node["status"]["capacity"]["cpu"]) for node in nodes)
    image = get("deployment", "crossplane", CROSSPLANE)["spec"]["template"]["spec"]["containers"][0]["image"]
    packages = sorted(one["spec"]["package"].rsplit("/", 1)[-1] for one in items("providers.pkg.crossplane.io", None))
    return (f"Kubernetes {version}, {len(nodes)} node{'s' if len(nodes) > 1 else ''} with {processors} processors; "
            + ", ".join([f"Crossplane {version_of(image)}", *(package.replace(":", " ") for package in packages)]))


def version_of(image):
    """The tag of an image, if it is a version: a cluster may have an image of its own."""
    tag = image.split("@")[0].rsplit(":", 1)[-1]
    return tag if re.match(r"v?\d+\.\d+", tag) else f"of the image {image}"

"""What a walk has seen, as a page."""
import json
import re
from datetime import datetime, timezone

from stories.walk import HOME, STORIES, items, kubectl, run


ROW = re.compile(r"^\| (?P<title>[^|]+) \| (?P<seen>[^|]*) \| (?P<seconds>[^|]*) \| (?P<commit>[^|]*) \|$")


def write(file, results, start):
    """Writes what was told, over what is there of the same stories. What was skipped says nothing new."""
    rows = {}
    if file.exists():
        rows = {row["title"]: row[0] for row in map(ROW.match, file.read_text().splitlines()) if row}
    for story, outcome, seconds, seen, reason in results:
        if outcome != "skipped" or story.title not in rows:
            told = "; ".join(seen) if outcome == "passed" else f"**{outcome}**: {reason}"
            rows[story.title] = f"| {story.title} | {plain(told)} | {seconds:.0f} | {commit()} |"
    told = [rows[story.title] for story in STORIES if story.title in rows]
    failed, skipped = (sum(f"| **{word}**" in row for row in told) for word in ("failed", "skipped"))
    took = (datetime.now(timezone.utc) - start).total_seconds() / 60
    lines = ["# Proof", "",
             "What `e2e/run --report docs/proof.md` saw on a real cluster when each story was told last, and of which commit.",
             "[e2e](../e2e/README.md) tells how to run it; nothing in this page is written by hand.", "",
             f"* {len(told) - failed - skipped} passed, {failed} failed, {skipped} skipped",
             f"* The last run told {len(results)} stories in {took:.0f} minutes, on {start:%Y-%m-%d}.",
             f"* {cluster()}", "",
             "| Story | Seen | Seconds | Commit |", "|---|---|---:|---|", *told]
    file.write_text("\n".join(lines) + "\n")


def plain(text):
    return " ".join(text.replace("|", "/").split())


def commit():
    """Of what was walked; the documents, which have this report, are not of it."""
    changed = run("git", "-C", HOME, "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs").stdout.strip()
    return run("git", "-C", HOME, "rev-parse", "--short", "HEAD").stdout.strip() + (" with changes" if changed else "")


def cluster():
    version = json.loads(kubectl("version", "--output", "json").stdout)["serverVersion"]["gitVersion"]
    nodes = items("nodes", None)
    processors = sum(int(node["status"]["capacity"]["cpu"]) for node in nodes)
    packages = sorted(one["spec"]["package"].rsplit("/", 1)[-1] for one in items("providers.pkg.crossplane.io", None))
    return (f"Kubernetes {version}, {len(nodes)} node{'s' if len(nodes) > 1 else ''} with {processors} processors; "
            + ", ".join(package.replace(":", " ") for package in packages))

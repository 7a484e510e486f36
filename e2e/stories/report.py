"""What a walk has seen, as a page."""
import json
from datetime import datetime, timezone

from stories.walk import items, kubectl, run, HOME


def write(file, results, start):
    took = (datetime.now(timezone.utc) - start).total_seconds()
    counts = {word: sum(outcome == word for _, outcome, _, _, _ in results) for word in ("passed", "failed", "skipped")}
    lines = ["# Proof", "",
             "What `e2e/run --report docs/proof.md` saw on a real cluster when it ran last. [e2e](../e2e/README.md) tells how to run"
             " it; nothing in this page is written by hand.", "",
             f"* {start:%Y-%m-%d}, commit {commit()}, {took / 60:.0f} minutes: "
             + ", ".join(f"{count} {word}" for word, count in counts.items()),
             f"* {cluster()}", "",
             "| Story | Seen | Seconds |", "|---|---|---:|"]
    for story, outcome, seconds, seen, reason in results:
        told = "; ".join(seen) if outcome == "passed" else f"**{outcome}**: {reason}".replace("\n", " ")
        lines.append(f"| {story.title} | {told.replace('|', '/')} | {seconds:.0f} |")
    file.write_text("\n".join(lines) + "\n")


def commit():
    changed = run("git", "-C", HOME, "status", "--porcelain", "--untracked-files=no").stdout.strip()
    return run("git", "-C", HOME, "rev-parse", "--short", "HEAD").stdout.strip() + (" with changes" if changed else "")


def cluster():
    version = json.loads(kubectl("version", "--output", "json").stdout)["serverVersion"]["gitVersion"]
    nodes = items("nodes", None)
    processors = sum(int(node["status"]["capacity"]["cpu"]) for node in nodes)
    packages = sorted(one["spec"]["package"].rsplit("/", 1)[-1] for one in items("providers.pkg.crossplane.io", None))
    return (f"Kubernetes {version}, {len(nodes)} node{'s' if len(nodes) > 1 else ''} with {processors} processors; "
            + ", ".join(package.replace(":", " ") for package in packages))

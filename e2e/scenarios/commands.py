"""Programs that the scenarios run, above all kubectl."""
import json
import subprocess
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
TEAM = "e2e"
NAMESPACES = (TEAM, f"{TEAM}-b", f"{TEAM}-c")
CROSSPLANE = "crossplane-system"


class CommandFailed(AssertionError):
    """A program ended with an error."""


def run(*command, given=None, may_fail=False, **options):
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True, text=True, check=False, **options)
    if done.returncode and not may_fail:
        raise CommandFailed(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
    return done


def kubectl(*words, **options):
    return run("kubectl", *words, **options)


def get(kind, name, namespace=TEAM):
    return json.loads(kubectl("get", kind, name, "--namespace", namespace, "--output", "json").stdout)


def items(kinds, namespace=TEAM, *flags, absent=False):
    """
    The objects of these kinds, of all namespaces if namespace is None. A kind that is not served is an error, unless absent is
    True.
    """
    where = ["--namespace", namespace] if namespace else ["--all-namespaces"]
    answer = kubectl("get", kinds, *where, *flags, "--output", "json", "--ignore-not-found", may_fail=True)
    if answer.returncode and not (absent and "doesn't have a resource type" in answer.stderr):
        raise CommandFailed(f"cannot list {kinds}: {answer.stderr.strip()}")
    return json.loads(answer.stdout or "{}").get("items", [])


def apply(*objects, flags=()):
    """Applies the objects, and returns the last one as the API server answers it."""
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
    answer = json.loads(kubectl("apply", "--filename", "-", "--output", "json", *flags, given=text).stdout)
    return answer["items"][-1] if answer["kind"] == "List" else answer


def patch(kind, name, change, namespace=TEAM, subresource=None, **options):
    flags = [f"--subresource={subresource}"] if subresource else []
    return kubectl("patch", kind, name, "--namespace", namespace, "--type", "merge", *flags, "--patch",
                   json.dumps(change), **options)


def annotate(kind, name, namespace=TEAM, *flags):
    """Sets an annotation that has no meaning, so that controllers that watch the object look at it."""
    kubectl("annotate", kind, name, "--namespace", namespace, "--overwrite", f"e2e/touched={time.time_ns()}", *flags)


def conditions(thing):
    return {condition["type"]: condition for condition in thing.get("status", {}).get("conditions", [])}


def describe_conditions(thing):
    return "; ".join(f"{one['type']}={one['status']} {one.get('reason', '')} {one.get('message', '')}".strip()
                     for one in thing.get("status", {}).get("conditions", []))

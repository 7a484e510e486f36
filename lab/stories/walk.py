"""What stories are told with: programs, the cluster, and expectations that end a story when they do not come."""
import json
import subprocess
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
TEAM = "lab-check"
CROSSPLANE = "crossplane-system"
STORIES = []


def story(title, after=None, needs=()):
    """A story, which goes on where another ended, and needs programs (as words) or variables (in capitals)."""
    def add(tell):
        STORIES.append((title, tell, after, needs))
        return tell
    return add


class Failed(Exception):
    """What a story expected did not come."""


def fail(sentence):
    raise Failed(sentence)


def holds(what, value):
    if not value:
        fail(f"not so: {what}")


def equal(what, seen, wanted):
    if seen != wanted:
        fail(f"{what}: {seen!r} instead of {wanted!r}")


def eventually(what, seconds, question, last=None):
    """Asks until the answer is yes. What cannot be asked yet is a no."""
    start, trouble = time.monotonic(), ""
    while True:
        try:
            answer = question()
            if answer:
                print(f"     {time.monotonic() - start:6.1f} s until {what}")
                return answer
            trouble = ""
        except (Failed, KeyError, IndexError, ValueError, TypeError) as error:
            trouble = f" ({error})"
        if time.monotonic() - start > seconds:
            fail(f"not within {seconds} s: {what}{trouble}{'' if last is None else f'; there is {last()}'}{state()}")
        time.sleep(0.5)


def state():
    told = [f"{one['metadata']['name']}: " + "; ".join(
        f"{condition['type']}={condition['status']} {condition['reason']} {condition.get('message', '')}"
        for condition in one.get("status", {}).get("conditions", []))
        for one in items("environments.platform.internal")]
    return "".join(f"\n       {line}" for line in told)


def run(*command, given=None, may_fail=False):
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True, text=True, check=False)
    if done.returncode and not may_fail:
        fail(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
    return done


def kubectl(*words, **how):
    return run("kubectl", *words, **how)


def get(kind, name, namespace=TEAM):
    return json.loads(kubectl("get", kind, name, "--namespace", namespace, "--output", "json").stdout)


def items(kinds, namespace=TEAM):
    answer = kubectl("get", kinds, "--namespace", namespace, "--output", "json", "--ignore-not-found", may_fail=True)
    return json.loads(answer.stdout or "{}").get("items", [])


def apply(thing):
    kubectl("apply", "--filename", "-", given=json.dumps(thing))


def conditions(thing):
    return {condition["type"]: condition for condition in thing.get("status", {}).get("conditions", [])}

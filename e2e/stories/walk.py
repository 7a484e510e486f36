"""What stories are told with: programs, expectations that end a story when they do not come, and what is to be reported."""
import json
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
TEAM = "e2e"
CROSSPLANE = "crossplane-system"
STORIES = []
_told = threading.local()


class Story:
    """
    A title, which is a sentence, and the function that tells it.

    after: the story it goes on from; needs: programs (as words) or variables (in capitals) without which it is skipped
    ends: stories that leave something open which only this one looks at, so that none of them is told without it
    """

    def __init__(self, title, tell, after, needs, ends):
        self.title, self.tell, self.after, self.needs, self.ends = title, tell, after, needs, ends
        self.act = tell.__module__.removeprefix("stories.")


def story(title, after=None, needs=(), ends=()):
    def add(tell):
        STORIES.append(Story(title, tell, after, needs, ends))
        return tell
    return add


class Failed(Exception):
    """What a story expected did not come."""


class Skipped(Exception):
    """What a story needs is not there."""


def begin():
    """Begins to note what this thread tells."""
    _told.lines, _told.seen = [], []
    return _told.lines, _told.seen


def say(line):
    """For whoever reads the log."""
    getattr(_told, "lines", []).append(line)


def note(sentence):
    """What was seen, for the report."""
    getattr(_told, "seen", []).append(sentence)


def fail(sentence):
    raise Failed(sentence)


def holds(what, value):
    if not value:
        fail(f"not so: {what}")


def equal(what, seen, wanted):
    if seen != wanted:
        fail(f"{what}: {seen!r} instead of {wanted!r}")


def within(what, seconds, most):
    """Something that was measured, for the report, and what it may be."""
    note(f"{what} {seconds:.1f} s")
    if seconds > most:
        fail(f"{what} took {seconds:.1f} s, and may take {most} s")


def eventually(what, seconds, question, last=None):
    """Asks until the answer is yes. What cannot be asked yet is a no. Returns the answer."""
    start, trouble = time.monotonic(), ""
    while True:
        try:
            answer = question()
            if answer:
                say(f"{time.monotonic() - start:6.1f} s until {what}")
                return answer
            trouble = ""
        except (Failed, KeyError, IndexError, ValueError, TypeError) as error:
            trouble = f" ({error})"
        if time.monotonic() - start > seconds:
            fail(f"not within {seconds:.0f} s: {what}{trouble}{there(last)}")
        time.sleep(0.2)


def there(last):
    try:
        return f"; there is {last()}" if last else ""
    except (KeyError, IndexError):
        return "; there is nothing"


def stays(what, seconds, question):
    """Holds all the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        holds(what, question())
        time.sleep(0.5)


@contextmanager
def mending(mend):
    """A disturbance that its story undoes itself; if the story fails before, this does, so that it fails no other."""
    try:
        yield
    except BaseException:
        mend()
        raise


def run(*command, given=None, may_fail=False, **how):
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True, text=True, check=False, **how)
    if done.returncode and not may_fail:
        fail(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
    return done


def kubectl(*words, **how):
    return run("kubectl", *words, **how)


def get(kind, name, namespace=TEAM):
    return json.loads(kubectl("get", kind, name, "--namespace", namespace, "--output", "json").stdout)


def items(kinds, namespace=TEAM, *flags, absent=False):
    """What there is, in all namespaces if none is named. A kind that is not served is a failure unless it may be absent."""
    where = ["--namespace", namespace] if namespace else ["--all-namespaces"]
    answer = kubectl("get", kinds, *where, *flags, "--output", "json", "--ignore-not-found", may_fail=True)
    if answer.returncode and not (absent and "doesn't have a resource type" in answer.stderr):
        fail(f"cannot look for {kinds}: {answer.stderr.strip()}")
    return json.loads(answer.stdout or "{}").get("items", [])


def apply(*things):
    """Applies, and returns the last thing as the API server has it then."""
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": things})
    answer = json.loads(kubectl("apply", "--filename", "-", "--output", "json", given=text).stdout)
    return answer["items"][-1] if answer["kind"] == "List" else answer


def patch(kind, name, change, namespace=TEAM, subresource=None, **how):
    flags = [f"--subresource={subresource}"] if subresource else []
    return kubectl("patch", kind, name, "--namespace", namespace, "--type", "merge", *flags, "--patch",
                   json.dumps(change), **how)


def annotate(kind, name, namespace=TEAM, **how):
    """Changes something that nobody minds, so that whoever watches it looks at it."""
    kubectl("annotate", kind, name, "--namespace", namespace, "--overwrite", f"e2e/seen={time.time_ns()}", **how)


def conditions(thing):
    return {condition["type"]: condition for condition in thing.get("status", {}).get("conditions", [])}


def said(thing):
    """The conditions, for a message."""
    return "; ".join(f"{one['type']}={one['status']} {one.get('reason', '')} {one.get('message', '')}".strip()
                     for one in thing.get("status", {}).get("conditions", []))

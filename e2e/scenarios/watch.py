"""
Watches of the API server over the whole run.

The Recorder runs in one process from the beginning to the end of a run. It writes each change of the watched kinds with its time
to a file. Watched reads the file, in any process: so a scenario knows what happened before it started, and what never
happened. The times are those of time.monotonic(), which all processes of a machine share.
"""
import json
import subprocess
import threading
import time
from collections import namedtuple

from scenarios.commands import CommandFailed, items
from scenarios.run_state import WATCHES

Change = namedtuple("Change", "time event thing")
LISTED = "LISTED"


def key(thing):
    return thing["metadata"].get("namespace", ""), thing["metadata"]["name"]


class Recorder:
    """Watches each kind for which somebody has made a file."""

    def __init__(self):
        self.watches, self.stopped = {}, threading.Event()
        threading.Thread(target=self.find_kinds, daemon=True).start()

    def find_kinds(self):
        while not self.stopped.wait(0.1):
            for file in WATCHES.glob("*.jsonl"):
                if file.stem not in self.watches:
                    self.watches[file.stem] = Watch(file, self.stopped)

    def stop(self):
        self.stopped.set()
        for watch in self.watches.values():
            if watch.process:
                watch.process.kill()


class Watch:
    """One kind in all namespaces."""

    def __init__(self, file, stopped):
        self.kind, self.file, self.things = file.stem, open(file, "a", encoding="utf-8"), {}
        self.process, self.expected, self.stopped = None, None, stopped
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        """Starts again and again: a watch ends with its API server, with its kind, and after some time by itself."""
        failures = 0
        while not self.stopped.is_set():
            try:
                present = {key(one) for one in items(self.kind, None)}
            except CommandFailed:  # which does not mean that nothing is present
                failures += 1
                self.stopped.wait(min(failures, 30))  # the kind may be gone for ever
                continue
            failures = 0
            for gone in [one for one in self.things if one not in present]:
                self.change("DELETED", self.things[gone])
            self.expected = present
            self.check_listed()
            # In chunks, kubectl would report whole lists instead of their items.
            self.process = subprocess.Popen(
                ["kubectl", "get", self.kind, "--all-namespaces", "--watch", "--output-watch-events", "--output", "json",
                 "--chunk-size", "0"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for line in self.process.stdout:
                event = json.loads(line)
                if event["type"] == "ERROR":
                    self.process.kill()
                    break
                self.change(event["type"], event["object"])
                self.check_listed()
            self.process.wait()
            time.sleep(1)

    def change(self, event, thing):
        known = self.things.get(key(thing))
        if event == "DELETED":
            self.things.pop(key(thing), None)
        elif known and known["metadata"]["resourceVersion"] == thing["metadata"]["resourceVersion"]:
            return
        else:
            if self.kind == "secrets":  # their content is nobody's business
                thing = {field: value for field, value in thing.items() if field != "data"}
            self.things[key(thing)] = thing
        self.write(event, thing)

    def check_listed(self):
        if self.expected is not None and self.expected <= self.things.keys():
            self.expected = None
            self.write(LISTED)

    def write(self, event, thing=None):
        self.file.write(json.dumps([time.monotonic(), event, thing]) + "\n")
        self.file.flush()


class Watched:
    """What the Recorder has written of a kind: the present objects, and all changes."""
    kinds = {}

    def __init__(self, kind):
        self.file = WATCHES / f"{kind}.jsonl"
        self.file.touch()
        self.lock, self.offset = threading.Lock(), 0
        self.listed, self.things, self.changes = False, {}, []

    @classmethod
    def of(cls, kind):
        if kind not in cls.kinds:
            watched = cls.kinds[kind] = cls(kind)
            end = time.monotonic() + 10  # an object that is deleted between list and watch would delay this for ever
            while time.monotonic() < end:
                watched.read()
                if watched.listed:
                    break
                time.sleep(0.1)
        return cls.kinds[kind]

    def read(self):
        with self.lock:
            with open(self.file, "rb") as file:
                file.seek(self.offset)
                text = file.read()
            complete = text[:text.rfind(b"\n") + 1]
            self.offset += len(complete)
            for line in complete.splitlines():
                self.take(*json.loads(line))

    def take(self, moment, event, thing):
        if event == LISTED:
            self.listed = True
            return
        if event == "DELETED":
            self.things.pop(key(thing), None)
        else:
            self.things[key(thing)] = thing
        self.changes.append(Change(moment, event, thing))

    def get(self, name, namespace):
        self.read()
        return self.things[namespace, name]

    def all(self, namespace=None):
        self.read()
        with self.lock:
            return [thing for (where, _), thing in self.things.items() if namespace in (None, where)]

    def since(self, moment, matches=lambda thing: True):
        """The changes since then, in order."""
        self.read()
        with self.lock:
            return [change for change in self.changes if change.time >= moment and matches(change.thing)]

    def first(self, moment, matches, condition=lambda thing: True):
        """When the condition first held, since then; None if it never did."""
        return next((change.time for change in self.since(moment, matches)
                     if change.event != "DELETED" and condition(change.thing)), None)

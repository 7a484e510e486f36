"""What the API server tells of, as it tells it: what is there, and everything that changed, with the time."""
import json
import subprocess
import threading
import time
from collections import namedtuple

from stories.walk import Failed, items

Told = namedtuple("Told", "time event thing")


class Watched:
    """A kind of resource in all namespaces. Cheaper to ask than the API server, and it remembers."""
    kinds = {}

    def __init__(self, kind):
        self.kind, self.things, self.history = kind, {}, []
        self.changed = threading.Condition()
        self.process = None
        threading.Thread(target=self.listen, daemon=True).start()

    @classmethod
    def of(cls, kind):
        if kind not in cls.kinds:
            cls.kinds[kind] = cls(kind)
            time.sleep(0.5)
        return cls.kinds[kind]

    @classmethod
    def end(cls):
        """Stops listening, to everything."""
        for watched in cls.kinds.values():
            if watched.process:
                watched.process.kill()

    def listen(self):
        """Again and again: a watch ends with its API server, with its kind, and after some time by itself."""
        while True:
            try:
                there = {self.key(one) for one in items(self.kind, None)}
            except Failed:  # which says nothing of what there is
                time.sleep(1)
                continue
            for key in [key for key in self.things if key not in there]:
                self.tell("DELETED", self.things[key])
            # Of more than a chunk, kubectl would tell of whole lists first, and of nothing that is in them.
            self.process = subprocess.Popen(
                ["kubectl", "get", self.kind, "--all-namespaces", "--watch", "--output-watch-events", "--output", "json",
                 "--chunk-size", "0"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for line in self.process.stdout:
                told = json.loads(line)
                if told["type"] == "ERROR":
                    self.process.kill()
                    break
                self.tell(told["type"], told["object"])
            self.process.wait()
            time.sleep(1)

    def tell(self, event, thing):
        key = self.key(thing)
        with self.changed:
            old = self.things.get(key)
            if event == "DELETED":
                self.things.pop(key, None)
            elif old and old["metadata"]["resourceVersion"] == thing["metadata"]["resourceVersion"]:
                return
            else:
                self.things[key] = thing
            self.history.append(Told(time.monotonic(), event, thing))

    @staticmethod
    def key(thing):
        return thing["metadata"].get("namespace", ""), thing["metadata"]["name"]

    def get(self, name, namespace):
        return self.things[namespace, name]

    def all(self, namespace=None):
        with self.changed:
            return [thing for (where, _), thing in self.things.items() if namespace in (None, where)]

    def since(self, moment, mine=lambda thing: True):
        """What was told since then, in order."""
        with self.changed:
            return [told for told in self.history if told.time >= moment and mine(told.thing)]

    def first(self, moment, mine, what=lambda thing: True):
        """When something was first so, since then; None if it was not."""
        return next((told.time for told in self.since(moment, mine) if told.event != "DELETED" and what(told.thing)), None)

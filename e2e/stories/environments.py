"""Environments, what they are composed of, and what is inside."""
import base64
import json
import socket
import subprocess
import tempfile
import time

from stories.cluster import Watched
from stories.volumes import MADE
from stories.walk import TEAM, annotate, apply, conditions, equal, eventually, get, holds, items, kubectl, note, said, within

RELEASES, OBJECTS = "releases.helm.m.crossplane.io", "objects.kubernetes.m.crossplane.io"
CONFIGS, USAGES = "providerconfigs.helm.m.crossplane.io", "usages.protection.crossplane.io"
KINDS = [RELEASES, OBJECTS, CONFIGS, USAGES]
ENVIRONMENTS = "environments.platform.internal"
MARK = "environment.fn.crossplane.io/environment"
PODINFO = {"name": "podinfo"}
LATE = 2  # seconds that a call may take which began before a change
RECORD = 90  # seconds after which the record of a host namespace is gone: as long as that takes, and a minute


class Environment:
    """What a team asks for, and what has become of it."""

    def __init__(self, name, namespace=TEAM, kind=ENVIRONMENTS, api="platform.internal/v1beta1"):
        self.name, self.namespace, self.kind, self.api = name, namespace, kind, api
        self.asked, self.moment = None, time.monotonic()

    @property
    def word(self):
        return "Environment" if self.kind == ENVIRONMENTS else "Sandbox"

    # What is asked for

    def body(self, *apps, size="small", **spec):
        return {"apiVersion": self.api, "kind": self.word,
                "metadata": {"name": self.name, "namespace": self.namespace},
                "spec": {"size": size, "apps": list(apps)} | spec}

    def ask(self, *apps, **spec):
        self.moment = time.monotonic()
        self.asked = apply(self.body(*apps, **spec))
        return self

    def again(self, *apps):
        """Asks for other apps, and else for the same as before."""
        return self.ask(*apps, **{field: value for field, value in self.asked["spec"].items() if field not in (
            "apps", "crossplane")})  # what Crossplane notes there is its own

    def poke(self):
        """Crossplane asks the function at once."""
        annotate(self.kind, self.name, self.namespace)

    # What there is

    @property
    def seen(self):
        return Watched.of(self.kind).get(self.name, self.namespace)

    @property
    def status(self):
        return self.seen["status"]

    @property
    def uid(self):
        return self.seen["metadata"]["uid"]

    @property
    def host(self):
        return self.status["cluster"]["namespace"]

    @property
    def secret(self):
        return self.status["kubeconfig"]["secretName"]

    @property
    def generation(self):
        return self.asked["metadata"]["generation"] if self.asked else 0

    def condition(self, name):
        """Its status, reason and message."""
        one = conditions(self.seen)[name]
        return one["status"], one["reason"], one.get("message", "")

    def ready(self):
        """Whether it is, as it was asked for last."""
        return self.is_ready(self.seen)

    def is_ready(self, seen):
        ready = conditions(seen).get("Ready", {})
        return ready.get("status") == "True" and ready.get("observedGeneration", self.generation) >= self.generation

    def apps(self):
        return {app["name"]: app["ready"] for app in self.status.get("apps", [])}

    def parts(self):
        """What it is composed of, by the names of the components."""
        return {one["metadata"]["annotations"]["crossplane.io/composition-resource-name"]: one
                for kind in KINDS for one in Watched.of(kind).all(self.namespace) if self.owns(one)}

    def owns(self, one):
        return any(owner["name"] == self.name and owner["kind"] == self.word
                   for owner in one["metadata"].get("ownerReferences", []))

    def stands(self):
        """All that is written of it, but for whether Crossplane listens to it, which changes by itself minutes later."""
        seen = self.seen
        metadata = {field: value for field, value in seen["metadata"].items() if field not in ("resourceVersion", "managedFields")}
        status = seen["status"] | {"conditions": [one for one in seen["status"]["conditions"] if one["type"] != "Responsive"]}
        return self.part_versions() | {"itself": seen | {"metadata": metadata, "status": status}}

    def versions(self):
        return self.part_versions() | {f"{self.word}/{self.name}": self.seen["metadata"]["resourceVersion"]}

    def part_versions(self):
        return {f"{one['kind']}/{one['metadata']['name']}": one["metadata"]["resourceVersion"] for one in self.parts().values()}

    def told(self, moment=None):
        """What became of it, since it was asked for the last time."""
        return Watched.of(self.kind).since(self.moment if moment is None else moment, lambda one: Watched.key(one) == (
            self.namespace, self.name))

    def came(self):
        """Since when it has been ready, of what was seen since it was asked for the last time; None if it is not."""
        since = None
        for told in self.told():
            since = (since or told.time) if told.event != "DELETED" and self.is_ready(told.thing) else None
        return since

    def release_ready(self, app):
        """When the Release of an app was first ready as desired, since the Environment was asked for the last time."""
        return Watched.of(RELEASES).first(
            self.moment, lambda one: one["metadata"]["namespace"] == self.namespace and self.owns(one)
            and one["metadata"]["annotations"]["crossplane.io/composition-resource-name"] == f"app-{app}",
            lambda one: conditions(one).get("Ready", {}).get("status") == "True"
            and conditions(one).get("Synced", {}).get("observedGeneration", 0) >= one["metadata"]["generation"])

    # Waiting

    def comes(self, seconds=120, *names):
        """
        Waits until it is ready, and has been so for a moment: a call that was on its way when it was asked for something else
        may still end after that, and Crossplane then says of the new what holds of the old.
        """
        eventually(f"{self} is ready", seconds, lambda: self.ready() and time.monotonic() - (self.came() or 0) > LATE and (
            not names or set(self.apps()) == set(names)), lambda: said(self.seen))
        return self

    def rests(self, seconds=90, quiet=8):
        """Waits until nothing of it has been written for some seconds."""
        eventually(f"{self} comes to rest", seconds, lambda: time.monotonic() - self.last() > quiet)
        return self

    def last(self):
        return max(told.time for kind in [self.kind, *KINDS] for told in Watched.of(kind).since(0, lambda one: (
            one["metadata"].get("namespace") == self.namespace and (
                self.owns(one) or (one["metadata"]["name"] == self.name and one["kind"] == self.word)))))

    def cost(self):
        """What Crossplane's circuit breaker made of it, since it was asked for the last time: an update counts twice."""
        told = self.told() + [told for kind in KINDS for told in Watched.of(kind).since(self.moment, lambda one: (
            one["metadata"].get("namespace") == self.namespace and self.owns(one)))]
        return f"{sum(2 if one.event == 'MODIFIED' else 1 for one in told)} of the circuit breaker's 100 tokens"

    def responsive(self):
        """Whether Crossplane listened to it all the time."""
        return not [told for told in self.told(0) if conditions(told.thing).get("Responsive", {}).get("status") == "False"]

    # Its end

    def delete(self, cascade="background", refused=None, busy=None):
        """
        Deletes it, and sees to it that nothing is left: within half a minute all but the record of its host namespace, and
        then that, for which it waits itself in the foreground. If provider-kubernetes comes upon a conflict, it looks at that
        again only after a minute.

        refused: what is said at first, upon which it is deleted again and again
        busy: the app that Helm may be at work on, which it gives up after five minutes; its Release may stay for so long
        """
        remains, start = Remains(self, busy, cascade == "foreground"), time.monotonic()
        command = ("delete", self.kind, self.name, "--namespace", self.namespace, "--wait=false", f"--cascade={cascade}")
        answer = kubectl(*command, may_fail=bool(refused))
        if refused:
            holds(f"it is refused, in words: {answer.stdout}{answer.stderr}", answer.returncode and refused in answer.stderr)
            eventually("it is no longer refused", 30, lambda: not kubectl(*command, may_fail=True).returncode)
            note(f"refused for {time.monotonic() - start:.0f} s")
        remains.go(start, 30)

    def __str__(self):
        return f"{self.name} in {self.namespace}"


class Remains:
    """What an Environment may leave behind: in its namespace, in its host namespace, and in the whole cluster."""
    WIDE = ("namespaces,clusterroles,clusterrolebindings,crds,priorityclasses,ingressclasses,persistentvolumes,"
            "validatingwebhookconfigurations,mutatingwebhookconfigurations,clusterproviderconfigs.helm.m.crossplane.io,"
            "clusterusages.protection.crossplane.io")
    NAMED = ",".join(["providerconfigusages.helm.m.crossplane.io", "providerconfigusages.kubernetes.m.crossplane.io",
                      "secrets", "configmaps", "roles", "rolebindings"])

    BUSY = []

    def __init__(self, environment, busy=None, foreground=False):
        parts = environment.parts()
        self.environment, self.host = environment, environment.host
        self.digits = self.host.rsplit("-", 1)[-1]
        self.mine = {environment.uid, *(one["metadata"]["uid"] for one in parts.values())}
        self.record = {parts["namespace"]["metadata"]["uid"]} if "namespace" in parts else set()
        self.itself = {environment.uid} if foreground else set()
        # A Release that was dropped is no part any more.
        self.busy = {one["metadata"]["uid"] for one in Watched.of(RELEASES).all(environment.namespace)
                     if self.is_mine(one) and one["metadata"]["annotations"].get("crossplane.io/external-name") == busy}
        holds("there is one Release that Helm is at work on", len(self.busy) == (busy is not None))

    def left(self, record=False, busy=False):
        """What is left of it; with the record of its host namespace, and what Helm is busy with, only where asked for."""
        spared = (set() if record else self.record) | (set() if busy else self.busy)
        waits = set() if record else self.itself
        found = [one for kind in [self.environment.kind, *KINDS] for one in Watched.of(kind).all(self.environment.namespace)
                 if self.is_mine(one) and one["metadata"]["uid"] not in waits and not self.spared(one, spared)]
        if not [one for one in found if one["metadata"]["uid"] not in self.record | self.itself]:
            found += [one for one in items(self.NAMED, self.environment.namespace) if self.is_mine(one)
                      and not self.spared(one, spared)]
            found += [one for one in items(self.WIDE, None) if self.host in json.dumps(one["metadata"]) or is_volume_of(
                one, self.host)]
            found += items("persistentvolumeclaims,secrets,pods", self.host)
        return [f"{one['kind']}/{one['metadata']['name']}" for one in found]

    def spared(self, one, spared):
        """Whether it is one of some, a note about one, or what a Release among them needs: the way into its cluster."""
        meta = one["metadata"]
        return (meta["uid"] in spared or any(owner["uid"] in spared for owner in meta.get("ownerReferences", []))
                or (one["kind"] == "ProviderConfig" and bool(spared & self.busy)))

    def is_mine(self, one):
        meta = one["metadata"]
        return (meta["uid"] in self.mine or meta.get("labels", {}).get(MARK) == self.digits or self.digits in meta["name"]
                or any(owner["uid"] in self.mine for owner in meta.get("ownerReferences", [])))

    def go(self, start, seconds):
        eventually(f"nothing is left of {self.environment} but the record of its host namespace", seconds,
                   lambda: not self.left(), self.left)
        note(f"{time.monotonic() - start:.0f} s until only the record of its host namespace was left")
        eventually("that is gone too", RECORD - (time.monotonic() - start), lambda: not self.left(True), lambda: self.left(True))
        within("nothing left after", time.monotonic() - start, RECORD)
        if self.left(True, True):
            note("but a Release that Helm was at work on")
            self.BUSY.append((self, start))


def is_volume_of(one, namespace):
    """Whether it was made for a claim there. One that somebody made beforehand is his."""
    made = "pv.kubernetes.io/provisioned-by" in one["metadata"].get("annotations", {}) or MADE in one["metadata"].get("labels", {})
    return made and one.get("spec", {}).get("claimRef", {}).get("namespace", "").startswith(namespace)


class inside:
    """The virtual cluster of an Environment, by the credentials that its status names."""

    def __init__(self, environment):
        status = environment.status
        secret = get("secret", environment.secret, environment.namespace)
        self.file = tempfile.NamedTemporaryFile("w", suffix=".kubeconfig")
        self.file.write(decode(secret["data"][status["kubeconfig"]["key"]]))
        self.file.flush()
        cluster = status["cluster"]
        self.forward, address = None, f"{get('service', cluster['name'], environment.host)['spec']['clusterIP']}:443"
        if not reaches(*address.split(":")):  # from outside of the cluster's network
            self.forward = subprocess.Popen(["kubectl", "port-forward", f"service/{cluster['name']}", ":443", "--namespace",
                                             environment.host], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            address = self.forward.stdout.readline().split(" -> ")[0].removeprefix("Forwarding from ")
        self.flags = ["--kubeconfig", self.file.name, "--server", f"https://{address}",
                      "--tls-server-name", f"{cluster['name']}.{cluster['namespace']}.svc"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        if self.forward:
            self.forward.kill()
            self.forward.wait()

    def get(self, kind, name, namespace):
        return json.loads(kubectl(*self.flags, "get", kind, name, "--namespace", namespace, "--output", "json").stdout)

    def runs(self, app, chart=None):
        name = app if chart in (None, app) else f"{app}-{chart}"
        return self.get("deployment", name, app)["status"].get("readyReplicas")

    def names(self, kinds, namespace):
        return kubectl(*self.flags, "get", kinds, "--namespace", namespace, "--output", "name",
                       "--ignore-not-found").stdout.split()


def installed_inside(environment, *apps):
    """The apps of this chart of ours are what Helm has installed in the virtual cluster."""
    with inside(environment) as cluster:
        for app in apps:
            equal(f"{app} in {environment}", cluster.get("configmap", app, app)["metadata"]["labels"],
                  {"app.kubernetes.io/managed-by": "Helm"})


def reaches(host, port):
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
        return True
    except OSError:
        return False


def decode(text):
    return base64.b64decode(text).decode()


def age(environment):
    """Seconds since an Environment was asked for the last time."""
    return time.monotonic() - environment.moment

"""An Environment: what was requested, what the API server has of it, and how long that took."""
import time

from scenarios import names, run_state
from scenarios.commands import TEAM, annotate, apply, conditions, describe_conditions, kubectl
from scenarios.expect import eventually, note
from scenarios.remains import Remains
from scenarios.watch import Watched, key

PODINFO = {"name": "podinfo"}
SETTLED = 3  # seconds that a call may take that began before a change


class Environment:
    """Identified by kind, namespace and name. With a member, requests and deletions are made with that member's rights."""

    def __init__(self, name, namespace=TEAM, kind=names.ENVIRONMENTS, api=names.ENVIRONMENT_API, member=None):
        self.name, self.namespace, self.kind, self.api = name, namespace, kind, api
        self.flags = member.flags if member else []

    @property
    def kind_name(self):
        return "Environment" if self.kind == names.ENVIRONMENTS else "Sandbox"

    def __str__(self):
        return f"{self.name} in {self.namespace}"

    # Requests

    def body(self, *apps, size="small", **spec):
        return {"apiVersion": self.api, "kind": self.kind_name,
                "metadata": {"name": self.name, "namespace": self.namespace},
                "spec": {"size": size, "apps": list(apps)} | spec}

    def request(self, *apps, flags=(), **spec):
        moment = time.monotonic()
        requested = apply(self.body(*apps, **spec), flags=[*self.flags, *flags])
        run_state.save(self.record, {"moment": moment, "requested": requested})
        return self

    def request_apps(self, *apps):
        """Requests other apps, and everything else as before."""
        spec = self.requested["spec"]
        return self.request(*apps, **{field: value for field, value in spec.items() if field not in ("apps", "crossplane")})

    def trigger(self):
        """Has Crossplane call the function now."""
        annotate(self.kind, self.name, self.namespace, *self.flags)

    @property
    def record(self):
        return f"{self.kind_name}.{self.namespace}.{self.name}"

    @property
    def requested(self):
        """The object as it was requested last in this run; None if it was not."""
        return run_state.load(self.record, {}).get("requested")

    @property
    def moment(self):
        """When it was requested last."""
        return run_state.load(self.record)["moment"]

    @property
    def age(self):
        """Seconds since it was requested last."""
        return time.monotonic() - self.moment

    # What the API server has

    @property
    def object(self):
        return Watched.of(self.kind).get(self.name, self.namespace)

    @property
    def status(self):
        return self.object["status"]

    @property
    def uid(self):
        return self.object["metadata"]["uid"]

    @property
    def cluster(self):
        """The name of its vcluster."""
        return self.status["cluster"]["name"]

    @property
    def host(self):
        """Its host namespace."""
        return self.status["cluster"]["namespace"]

    @property
    def kubernetes(self):
        return self.status["cluster"]["kubernetesVersion"]

    @property
    def secret(self):
        """The name of its kubeconfig's Secret."""
        return self.status["kubeconfig"]["secretName"]

    @property
    def removing(self):
        """The names of what is being removed."""
        return [one["name"] for one in self.status.get(names.REMOVING, [])]

    def condition(self, name):
        """Status, reason and message."""
        one = conditions(self.object)[name]
        return one["status"], one["reason"], one.get("message", "")

    def is_ready(self):
        """Whether it is ready as requested last."""
        return self.ready_in(self.object)

    def ready_in(self, thing):
        generation = self.requested["metadata"]["generation"] if self.requested else 0
        ready = conditions(thing).get("Ready", {})
        return ready.get("status") == "True" and ready.get("observedGeneration", generation) >= generation

    def apps(self):
        """The apps in status, and whether each is ready."""
        return {app["name"]: app["ready"] for app in self.status.get("apps", [])}

    def components(self):
        """What it is composed of, by composition-resource-name."""
        return {one["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME]: one
                for kind in names.COMPOSED_KINDS for one in Watched.of(kind).all(self.namespace) if self.owns(one)}

    def owns(self, one):
        return any(owner["name"] == self.name and owner["kind"] == self.kind_name
                   for owner in one["metadata"].get("ownerReferences", []))

    def component_uids(self):
        return {name: one["metadata"]["uid"] for name, one in self.components().items()}

    def component_versions(self):
        return {f"{one['kind']}/{one['metadata']['name']}": one["metadata"]["resourceVersion"]
                for one in self.components().values()}

    def versions(self):
        return self.component_versions() | {f"{self.kind_name}/{self.name}": self.object["metadata"]["resourceVersion"]}

    def snapshot(self):
        """All that is stored of it, except Responsive, which changes by itself minutes after everything else."""
        thing = self.object
        metadata = {field: value for field, value in thing["metadata"].items()
                    if field not in ("resourceVersion", "managedFields")}
        status = thing["status"] | {"conditions": [one for one in thing["status"]["conditions"] if one["type"] != "Responsive"]}
        return self.component_versions() | {"itself": thing | {"metadata": metadata, "status": status}}

    # What has happened

    def changes(self, since=None):
        """The changes of the object, by default since it was requested last."""
        return Watched.of(self.kind).since(self.moment if since is None else since,
                                           lambda one: key(one) == (self.namespace, self.name))

    def component_changes(self, kind, since=None):
        """The changes of its components of a kind."""
        return Watched.of(kind).since(self.moment if since is None else since, lambda one: (
            one["metadata"].get("namespace") == self.namespace and self.owns(one)))

    def ready_since(self):
        """Since when it has been ready without a break, as requested last; None if it is not ready."""
        since = None
        for change in self.changes():
            since = (since or change.time) if change.event != "DELETED" and self.ready_in(change.thing) else None
        return since

    def ready_after(self):
        """Seconds from the last request until it was ready."""
        return self.ready_since() - self.moment

    def app_ready_at(self, app):
        """When the Release of an app was first ready as desired, since the last request."""
        return Watched.of(names.RELEASES).first(
            self.moment, lambda one: one["metadata"]["namespace"] == self.namespace and self.owns(one)
            and one["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME] == names.app(app),
            lambda one: conditions(one).get("Ready", {}).get("status") == "True"
            and conditions(one).get("Synced", {}).get("observedGeneration", 0) >= one["metadata"]["generation"])

    def breaker_stayed_closed(self):
        return not [change for change in self.changes(0)
                    if conditions(change.thing).get("Responsive", {}).get("status") == "False"]

    # Waiting

    def wait_ready(self, seconds=120, *apps):
        """
        Waits until it is ready and has been so for a moment: a call that began before the last request may end after it, and
        Crossplane then attributes its result to the new generation. It also writes former conditions again when its cache is old.
        """
        eventually(f"{self} is ready", seconds, lambda: self.has_been_ready(SETTLED)
                   and (not apps or set(self.apps()) == set(apps)), lambda: describe_conditions(self.object))
        return self

    def has_been_ready(self, seconds):
        since = self.ready_since()
        return since is not None and time.monotonic() - since > seconds

    def wait_quiet(self, seconds=90, quiet=8):
        """Waits until nothing of it has been written for some seconds, and nothing of it is being deleted."""
        eventually(f"{self} is quiet", seconds, lambda: time.monotonic() - self.last_change() > quiet and not [
            name for name, one in self.components().items() if "deletionTimestamp" in one["metadata"]])
        return self

    def last_change(self):
        kinds = [self.kind, *names.COMPOSED_KINDS]
        return max(change.time for kind in kinds for change in Watched.of(kind).since(0, lambda one: (
            one["metadata"].get("namespace") == self.namespace and (
                self.owns(one) or (one["metadata"]["name"] == self.name and one["kind"] == self.kind_name)))))

    # Deletion

    def delete(self, cascade="background", refused_for=None, helm_busy_with=None, keeps_host_namespace=False, drain=0):
        """
        Deletes it, and waits until nothing is left: within half a minute everything except the Object of its host namespace, and
        then that one too. In the foreground the Environment itself waits for that Object. If provider-kubernetes meets a
        conflict, it looks at the Object again only after a minute.

        refused_for: the app whose uninstallation has the first deletion refused; the deletion is then repeated
        helm_busy_with: the app that Helm may be working on, which Helm gives up after five minutes; its Release may stay so long
        keeps_host_namespace: the host namespace belongs to somebody else and stays
        drain: seconds that pods of its apps take to end after they were told to
        """
        remains = Remains(self, helm_busy_with, cascade == "foreground", keeps_host_namespace)
        start = time.monotonic()
        command = ("delete", self.kind, self.name, "--namespace", self.namespace, "--wait=false", f"--cascade={cascade}",
                   *self.flags)
        answer = kubectl(*command, may_fail=bool(refused_for))
        if refused_for:
            assert answer.returncode, f"the deletion is not refused: {answer.stdout}"
            reasons = self.refusal_reasons(refused_for)
            assert any(reason in answer.stderr for reason in reasons), f"none of {reasons} in {answer.stderr}"
            assert "being uninstalled" in answer.stderr, answer.stderr
            eventually("the deletion is no longer refused", 30, lambda: not kubectl(*command, may_fail=True).returncode)
            note(f"refused for {time.monotonic() - start:.0f} s")
        remains.wait_gone(start, drain)

    def refusal_reasons(self, app):
        """What the Usage that protects the Environment has said since the last request."""
        return {change.thing["spec"]["reason"] for change in self.component_changes(names.USAGES)
                if change.thing["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME] == names.environment_usage(app)}

"""The end of Environments, in every state of health. Nothing may be left, anywhere."""
import time

from stories import charts
from stories.beginning import DEV
from stories.charts import parts
from stories.cluster import Watched
from stories.disturbances import SHAKEN
from stories.environments import (ENVIRONMENTS, KINDS, MARK, PODINFO, RELEASES, Environment, Remains, inside, installed_inside,
                                  is_volume_of)
from stories.failing import FAULTY
from stories.installing import installed, is_ready, working
from stories.many import ABANDONED, FALLEN, FELLED, FOREGROUND, HELMLESS, NAMESAKE, OTHER_KIND, REMOVED, TWIN, UNSERVED, \
    together
from stories.room import CROWDED
from stories.state import NAMESPACES
from stories.waiting import NEVER, listened, never
from stories.walk import CROSSPLANE, TEAM, equal, eventually, get, holds, items, kubectl, note, patch, story


@story("Half a minute after an Environment is deleted only the record of its host namespace may be left, and its namesakes stay", after=together)
def deleted(_):
    before = {environment: environment.rests().stands() for environment in (OTHER_KIND, NAMESAKE)}
    TWIN.delete()
    for environment, stood in before.items():
        equal(f"{environment} of kind {environment.kind}", environment.stands(), stood)
    NAMESAKE.delete()
    OTHER_KIND.delete()


@story("Deleted in the foreground, it goes last, with the record of its host namespace", after=together)
def foreground(_):
    FOREGROUND.delete(cascade="foreground")


@story("Deleted with the chart repository gone, it goes as quickly", after=together)
def unserved(_):
    try:
        charts.serving(0)
        UNSERVED.delete()
    finally:
        charts.serving(1)


@story("Deleted while an app is being uninstalled, it goes as quickly, but for the app's Release", after=together)
def removed(_):
    REMOVED.ask(parts(message=str(REMOVED)))
    eventually("the app is on its way", 30, lambda: leaving(REMOVED, "second"))
    REMOVED.delete(refused="an app is being uninstalled", busy="second")


@story("Deleted when the vcluster dies while an app is being uninstalled, it goes as quickly, but for the app's Release", after=together)
def fallen(_):
    FALLEN.ask(parts(message=str(FALLEN)))
    eventually("the app is on its way", 30, lambda: leaving(FALLEN, "second"))
    stop(FALLEN)
    FALLEN.delete(refused="an app is being uninstalled", busy="second")


@story("Deleted with its vcluster down, right after an app was removed, it goes as quickly", after=together)
def felled(_):
    stop(FELLED)
    eventually("it is said that the cluster does not answer", 30,
               lambda: FELLED.condition("ClusterReady")[:2] == ("False", "NotAnswering"))
    FELLED.ask(parts(message=str(FELLED)))
    eventually("it is said that the app waits for its cluster", 15,
               lambda: [app["name"] for app in FELLED.status["leaving"]] == ["second"])
    FELLED.delete()


@story("Deleted while it is half built, it goes as quickly", after=installed)
def halfway(_):
    for number, seconds in enumerate((3, 12)):
        half = Environment(f"half-{number}").ask(PODINFO)
        eventually("its cluster is on its way", 30, lambda half=half: "cluster" in half.parts())
        time.sleep(max(0, seconds - (time.monotonic() - half.moment)))
        half.delete()


@story("Deleted while its first app is being installed, it goes as quickly, but for the app's Release", after=installed)
def installing(_):
    hasty = Environment("hasty").ask(parts(slow=20))
    eventually("its cluster can be reached", 90, lambda: get("secret", hasty.secret, hasty.namespace).get("data"))
    with inside(hasty) as cluster:
        eventually("the installation is under way", 60, lambda: cluster.names("jobs", "parts"))
    holds("it is not through", not hasty.apps()["parts"])
    hasty.delete(busy="parts")


@story("Deleted and made again at once, it is ready", after=installed)
def again(_):
    twice = Environment("twice").ask(parts()).comes(120, "parts")
    before = twice.uid
    kubectl("delete", ENVIRONMENTS, twice.name, "--namespace", twice.namespace)
    twice.ask(parts()).comes(150, "parts")
    installed_inside(twice, "parts")
    holds("it is another one", twice.uid != before)
    note(f"ready {twice.came() - twice.moment:.0f} s after it was made again")
    twice.delete()


@story("Deleted with provider-helm gone, its host namespace goes at once, and the rest when the provider is back", after=installed,
       needs=["PROVIDERS"])
def helmless(_):
    there(HELMLESS, ABANDONED)
    remains = Remains(HELMLESS)
    holds("it is there", working("provider-helm"))
    try:
        helm(0)
        start = time.monotonic()
        kubectl("delete", HELMLESS.kind, HELMLESS.name, "--namespace", HELMLESS.namespace, "--wait=false")
        eventually("the host namespace is gone", 30, lambda: not items("namespaces", None, "--field-selector",
                                                                       f"metadata.name={remains.host}"))
        note(f"host namespace gone after {time.monotonic() - start:.0f} s")
    finally:
        helm(1)
    remains.go(time.monotonic(), 30)


@story("A namespace deleted under its Environment hangs, as the providers do, and the documented way out ends it", after=installed)
def abandoned(_):
    there(ABANDONED)
    remains = Remains(ABANDONED)
    namespace, host = ABANDONED.namespace, ABANDONED.host
    equal("who else is there", [one["metadata"]["name"] for one in items(ENVIRONMENTS, namespace)], [ABANDONED.name])
    kubectl("delete", "namespace", namespace, "--wait=false")
    time.sleep(45)
    left = remains.left(True)
    holds("it hangs", left)
    note(f"{len(left)} things left after 45 s")
    for one in items("releases.helm.m.crossplane.io,objects.kubernetes.m.crossplane.io", namespace, "--selector",
                     f"{MARK}={remains.digits}"):
        # As docs/operations.md says.
        patch(f"{one['kind'].lower()}s.{one['apiVersion'].split('/')[0]}", one["metadata"]["name"],
              {"spec": {"managementPolicies": ["Observe"]}}, namespace, may_fail=True)
    kubectl("delete", "namespace", "--selector", f"{MARK}={remains.digits}", "--wait=false")
    start = time.monotonic()
    eventually("both namespaces are gone", 60, lambda: not [
        one for one in items("namespaces", None) if one["metadata"]["name"] in (namespace, host)], lambda: remains.left(True))
    note(f"gone {time.monotonic() - start:.0f} s after the way out")


@story("The cluster that never started let Crossplane listen all the time, with 20 apps waiting, and goes as quickly", after=never)
def stillborn(_):
    listened()
    NEVER.delete()


@story("A Release that Helm was at work on goes when Helm gives up, within six minutes", after=installed,
       ends=(removed, fallen, installing))
def given_up(_):
    for remains, start in Remains.BUSY:
        eventually(f"nothing is left of {remains.environment}", 360 - (time.monotonic() - start),
                   lambda remains=remains: not remains.left(True, True), lambda remains=remains: remains.left(True, True))
        gone = max(told.time for told in Watched.of(RELEASES).since(start, lambda one, remains=remains: remains.is_mine(one)))
        note(f"{remains.environment} {gone - start:.0f} s after it was deleted")
    if not Remains.BUSY:
        note("none was in its way")


@story("The last Environments go, and nothing is left in the whole cluster", after=installed)
def last(_):
    for environment in (DEV, FAULTY, SHAKEN, CROWDED):
        if environment.asked:
            environment.delete()
    equal("Environments that were forgotten", [one["metadata"]["name"] for one in items(ENVIRONMENTS, None)], [])
    equal("host namespaces", [one["metadata"]["name"] for one in items("namespaces", None, "--selector", MARK)], [])
    equal("resources of Environments", [f"{one['kind']}/{one['metadata']['name']}" for kind in [
        *KINDS, "providerconfigusages.helm.m.crossplane.io"] for one in items(kind, None) if one["metadata"][
            "namespace"] in NAMESPACES], [])
    equal("volumes", [one["metadata"]["name"] for one in items("persistentvolumes", None)
                      if is_volume_of(one, f"env-{TEAM}")], [])


def there(*environments):
    """Makes them, where no story before has."""
    for environment in environments:
        if not environment.asked:
            environment.ask(parts())
    for environment in environments:
        environment.comes(180)


def leaving(environment, app):
    """Whether an app's Release is being uninstalled."""
    return any(one["metadata"].get("deletionTimestamp") for one in items("releases.helm.m.crossplane.io", environment.namespace)
               if one["metadata"]["annotations"].get("crossplane.io/external-name") == app
               and one["metadata"]["labels"].get(MARK) == environment.host.rsplit("-", 1)[-1])


def stop(environment):
    """Takes its control plane away for good."""
    name = environment.status["cluster"]["name"]
    patch("statefulset", name, {"spec": {"replicas": 0}}, environment.host)
    kubectl("delete", "pod", f"{name}-0", "--namespace", environment.host, "--grace-period=0", "--force", may_fail=True)


def helm(replicas):
    """Takes provider-helm away with 0, and brings it back with 1. Its Deployment is the package manager's."""
    revision = get("provider.pkg.crossplane.io", "crossplane-contrib-provider-helm")["status"]["currentRevision"]
    patch("providerrevision", revision, {"metadata": {"annotations": {"crossplane.io/paused": None if replicas else "true"}}})
    kubectl("scale", f"deployment/{revision}", "--namespace", CROSSPLANE, f"--replicas={replicas}")
    eventually(f"{replicas} provider-helm runs", 60, lambda: len(pods := working("provider-helm")) == replicas and all(
        is_ready(pod) for pod in pods))

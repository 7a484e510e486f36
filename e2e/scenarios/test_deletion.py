"""The deletion of Environments in every state of health. Nothing may be left, anywhere."""
import time

from scenarios import breaker, charts, names, test_install, test_many, test_unstartable
from scenarios.charts import parts
from scenarios.commands import CROSSPLANE, NAMESPACES, TEAM, get, items, kubectl, patch
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note
from scenarios.marks import after, checks_later, needs
from scenarios.packages import is_ready, provider_pods
from scenarios.remains import BUSY, Remains
from scenarios.shared import (ABANDONED, APP_REMOVED, CLUSTER_DIES, CLUSTER_DOWN, CROWDED, DEV, FAULTY, FOREGROUND, NAMESAKE,
                              NEVER, NO_CHARTS, NO_PROVIDER, OTHER_KIND, SHAKEN, TWIN)
from scenarios.virtual_cluster import VirtualCluster, assert_installed
from scenarios.volumes import is_volume_of
from scenarios.watch import Watched

NEVER_LONG_ENOUGH = 420  # seconds: most of what is written is written in the first two minutes


@after(test_many.test_ten_ready)
def test_deleted():
    """Half a minute after a deletion at most the Object of the host namespace is left, and Environments of the same name stay."""
    before = {environment: environment.wait_quiet().snapshot() for environment in (OTHER_KIND, NAMESAKE)}
    TWIN.delete()
    for environment, snapshot in before.items():
        assert environment.snapshot() == snapshot, f"{environment} of kind {environment.kind} has changed"
    NAMESAKE.delete()
    OTHER_KIND.delete()


@after(test_many.test_ten_ready)
def test_deleted_in_the_foreground():
    """Deleted in the foreground, an Environment is gone last, with the Object of its host namespace."""
    FOREGROUND.delete(cascade="foreground")


@after(test_many.test_ten_ready)
def test_deleted_without_charts():
    """Deleted while the chart repository is down, an Environment is gone within 30 seconds."""
    with charts.stopped():
        NO_CHARTS.delete()


@after(test_many.test_ten_ready)
def test_deleted_during_uninstallation():
    """Deleted while an app is uninstalled, an Environment is gone within 30 seconds, except for the app's Release."""
    APP_REMOVED.request(parts(message=str(APP_REMOVED)))
    eventually("the app is being uninstalled", 30, lambda: is_uninstalled(APP_REMOVED, "second"))
    APP_REMOVED.delete(refused_for="second", helm_busy_with="second")


@after(test_many.test_ten_ready)
def test_deleted_during_uninstallation_without_cluster():
    """
    Deleted when its vcluster dies during an uninstallation, an Environment is gone within 30 seconds, except for the app's
    Release.
    """
    CLUSTER_DIES.request(parts(message=str(CLUSTER_DIES)))
    eventually("the app is being uninstalled", 30, lambda: is_uninstalled(CLUSTER_DIES, "second"))
    stop_cluster(CLUSTER_DIES)
    CLUSTER_DIES.delete(refused_for="second", helm_busy_with="second")


@after(test_many.test_ten_ready)
def test_deleted_without_cluster():
    """Deleted while its vcluster is down, right after an app was removed, an Environment is gone within 30 seconds."""
    stop_cluster(CLUSTER_DOWN)
    eventually("it says that the cluster is unreachable", 30,
               lambda: CLUSTER_DOWN.condition(names.CLUSTER_READY)[:2] == ("False", names.UNREACHABLE))
    CLUSTER_DOWN.request(parts(message=str(CLUSTER_DOWN)))
    eventually("it says that the app waits for its cluster", 15, lambda: CLUSTER_DOWN.removing == ["second"])
    CLUSTER_DOWN.delete()


@after(test_install.test_installed)
def test_deleted_half_created():
    """Deleted while it is created, an Environment is gone within 30 seconds."""
    for number, seconds in enumerate((3, 12)):
        half = Environment(f"half-{number}").request(PODINFO)
        eventually("its cluster is being created", 30, lambda half=half: names.CLUSTER in half.components())
        time.sleep(max(0, seconds - half.age))
        half.delete()


@after(test_install.test_installed)
def test_deleted_during_installation():
    """Deleted while its first app is installed, an Environment is gone within 30 seconds, except for the app's Release."""
    hasty = Environment("hasty").request(parts(slow=20))
    eventually("its cluster can be reached", 90, lambda: get("secret", hasty.secret, hasty.namespace).get("data"))
    with VirtualCluster(hasty) as cluster:
        eventually("the installation has begun", 60, lambda: cluster.names("jobs", "parts"))
    assert not hasty.apps()["parts"], "the installation has ended"
    hasty.delete(helm_busy_with="parts")


@after(test_install.test_installed)
def test_created_again():
    """Deleted and created again at once, an Environment is ready."""
    twice = Environment("twice").request(parts()).wait_ready(120, "parts")
    before = twice.uid
    kubectl("delete", twice.kind, twice.name, "--namespace", twice.namespace)
    twice.request(parts()).wait_ready(150, "parts")
    assert_installed(twice, "parts")
    assert twice.uid != before
    note(f"ready {twice.ready_after():.0f} s after it was created again")
    twice.delete()


@after(test_install.test_installed)
@needs("PROVIDERS")
def test_deleted_without_provider_helm():
    """Deleted without provider-helm, the host namespace is gone at once, and the rest when the provider is back."""
    ensure_ready(NO_PROVIDER, ABANDONED)
    remains = Remains(NO_PROVIDER)
    assert provider_pods("provider-helm")
    try:
        scale_provider_helm(0)
        start = time.monotonic()
        kubectl("delete", NO_PROVIDER.kind, NO_PROVIDER.name, "--namespace", NO_PROVIDER.namespace, "--wait=false")
        eventually("the host namespace is gone", 30, lambda: not items(
            "namespaces", None, "--field-selector", f"metadata.name={remains.host}"))
        note(f"host namespace gone after {time.monotonic() - start:.0f} s")
    finally:
        scale_provider_helm(1)
    remains.wait_gone(time.monotonic())


@after(test_install.test_installed)
def test_namespace_deleted():
    """A namespace that is deleted with its Environment hangs, as the providers cannot end, and the documented commands end it."""
    ensure_ready(ABANDONED)
    remains = Remains(ABANDONED)
    namespace, host = ABANDONED.namespace, ABANDONED.host
    assert [one["metadata"]["name"] for one in items(names.ENVIRONMENTS, namespace)] == [ABANDONED.name]
    kubectl("delete", "namespace", namespace, "--wait=false")
    time.sleep(45)
    left = remains.left(True)
    assert left, "it does not hang"
    note(f"{len(left)} objects left after 45 s")
    for one in items(f"{names.RELEASES},{names.OBJECTS}", namespace, "--selector", f"{names.ENVIRONMENT_LABEL}={remains.hash}"):
        # As in docs/operations.md.
        patch(f"{one['kind'].lower()}s.{one['apiVersion'].split('/')[0]}", one["metadata"]["name"],
              {"spec": {"managementPolicies": ["Observe"]}}, namespace, may_fail=True)
    kubectl("delete", "namespace", "--selector", f"{names.ENVIRONMENT_LABEL}={remains.hash}", "--wait=false")
    start = time.monotonic()
    eventually("both namespaces are gone", 60, lambda: not [
        one for one in items("namespaces", None) if one["metadata"]["name"] in (namespace, host)], lambda: remains.left(True))
    note(f"gone {time.monotonic() - start:.0f} s after the commands")


@after(test_unstartable.test_never_starts)
def test_never_started_deleted():
    """
    An Environment whose cluster never started, with 20 apps waiting, never opened the circuit breaker, and is gone within 30
    seconds.
    """
    eventually("it has waited long enough", max(1, NEVER_LONG_ENOUGH - NEVER.age) + 5, lambda: NEVER.age > NEVER_LONG_ENOUGH)
    assert [name for name in NEVER.components() if name.startswith(names.app(""))] == []
    breaker.check_left(NEVER, "a cluster that never starts, with 20 apps")
    note(f"{len(NEVER.changes(0))} writes to the Environment in {NEVER.age:.0f} s")
    NEVER.delete()


@after(test_install.test_installed)
@checks_later(test_deleted_during_uninstallation, test_deleted_during_uninstallation_without_cluster,
              test_deleted_during_installation)
def test_busy_releases_gone():
    """A Release that Helm was working on is gone when Helm gives up, within six minutes."""
    for remains, start in BUSY:
        eventually(f"nothing is left of {remains.environment}", 360 - (time.monotonic() - start),
                   lambda remains=remains: not remains.left(True, True), lambda remains=remains: remains.left(True, True))
        gone = max(change.time for change in Watched.of(names.RELEASES).since(start, remains.is_ours))
        note(f"{remains.environment} {gone - start:.0f} s after its deletion")
    if not BUSY:
        note("there was none")


@after(test_install.test_installed)
def test_nothing_left():
    """The last Environments are deleted, and nothing is left in the whole cluster."""
    for environment in (DEV, FAULTY, SHAKEN, CROWDED):
        if environment.requested:
            environment.delete()
    assert [one["metadata"]["name"] for one in items(names.ENVIRONMENTS, None)] == []
    assert [one["metadata"]["name"] for one in items("namespaces", None, "--selector", names.ENVIRONMENT_LABEL)] == []
    assert [one["metadata"]["name"] for one in items("namespaces", None)
            if one["metadata"]["name"].startswith(f"{names.HOST_PREFIX}{TEAM}")] == []
    assert [f"{one['kind']}/{one['metadata']['name']}" for kind in [
        *names.COMPOSED_KINDS, "providerconfigusages.helm.m.crossplane.io"] for one in items(kind, None)
        if one["metadata"]["namespace"] in NAMESPACES] == []
    assert [one["metadata"]["name"] for one in items("persistentvolumes", None)
            if is_volume_of(one, f"{names.HOST_PREFIX}{TEAM}")] == []


def ensure_ready(*environments):
    """Creates them, if no scenario before has."""
    for environment in environments:
        if not environment.requested:
            environment.request(parts())
    for environment in environments:
        environment.wait_ready(180)


def is_uninstalled(environment, app):
    """Whether an app's Release is in deletion."""
    return any(one["metadata"].get("deletionTimestamp") for one in items(names.RELEASES, environment.namespace)
               if one["metadata"]["annotations"].get(names.EXTERNAL_NAME) == app
               and one["metadata"]["labels"].get(names.ENVIRONMENT_LABEL) == environment.host.rsplit("-", 1)[-1])


def stop_cluster(environment):
    """Stops its control plane for good."""
    name = environment.cluster
    patch("statefulset", name, {"spec": {"replicas": 0}}, environment.host)
    kubectl("delete", "pod", f"{name}-0", "--namespace", environment.host, "--grace-period=0", "--force", may_fail=True)


def scale_provider_helm(replicas):
    """Its Deployment belongs to the package manager, which is paused while there are no replicas."""
    revision = get("provider.pkg.crossplane.io", "crossplane-contrib-provider-helm")["status"]["currentRevision"]
    patch("providerrevision", revision, {"metadata": {"annotations": {"crossplane.io/paused": None if replicas else "true"}}})
    kubectl("scale", f"deployment/{revision}", "--namespace", CROSSPLANE, f"--replicas={replicas}")
    eventually(f"{replicas} provider-helm runs", 60, lambda: len(pods := provider_pods("provider-helm")) == replicas and all(
        is_ready(pod) for pod in pods))

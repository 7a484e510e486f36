"""Argo CD in an Environment follows a repository of the team."""
import json
import os
import time

from scenarios import git_server, names, test_install
from scenarios.commands import TEAM, apply, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after, needs
from scenarios.virtual_cluster import VirtualCluster

GITOPS = Environment("gitops")
NAMESPACE = "synced"
SECRET = "git-credentials"
IMAGE = os.environ.get("ARGOCD_IMAGE", "")
# Argo CD ignores a file in which one of these three words is missing, and prunes what such a file described before.
BROKEN = "apiVersion: v1\nkind: ConfigMap\nmetadata: [name: other\n"


def config_map(message):
    return json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}, "data": {"message": message}})


def request(repository=git_server.PUBLIC, enabled=True, **more):
    """A Git server, and Argo CD that follows it."""
    argocd = {"enabled": enabled, "repoURL": repository, "path": git_server.FOLDER, "destinationNamespace": NAMESPACE}
    return GITOPS.request(size="medium", manifests=git_server.manifests(IMAGE), argocd=argocd | more)


def application():
    """What the status says of the team's Application."""
    return next(iter(GITOPS.status.get("argocd", {}).get("applications", [])), {})


def message(cluster):
    """The content that was synchronized."""
    answer = kubectl(*cluster.flags, "get", "configmap", "settings", "--namespace", NAMESPACE, "--output",
                     "jsonpath={.data.message}", "--ignore-not-found", may_fail=True)
    return answer.stdout


def condition():
    return GITOPS.condition(names.GITOPS_READY)


@after(test_install.test_installed)
@needs("ARGOCD_IMAGE")
def test_synchronized():
    """Argo CD is installed in the cluster and synchronizes a repository, and nobody has touched the cluster's API for that."""
    request()
    eventually("the Git server is ready", 240, lambda: all(one["ready"] for one in GITOPS.status.get("manifests", [{"ready": False}])))
    with VirtualCluster(GITOPS) as cluster:
        revision = git_server.commit(cluster, settings=config_map("first"))
        eventually("the repository is synchronized", 400, lambda: condition()[:2] == ("True", names.AVAILABLE))
        assert message(cluster) == "first"
        assert application() == {"name": "environment", "repoURL": git_server.PUBLIC, "sync": "Synced", "health": "Healthy",
                                 "revision": revision}
        note(f"{GITOPS.age:.0f} s after the request")
        pods = cluster.names("pods", "argocd")
        assert not [pod for pod in pods if "dex" in pod or "notifications" in pod or "server" in pod.replace("repo-server", "")], pods
    GITOPS.wait_ready(60)


@after(test_synchronized)
def test_new_commit():
    """A new commit reaches the cluster, and the status shows its revision."""
    with VirtualCluster(GITOPS) as cluster:
        start = time.monotonic()
        revision = git_server.commit(cluster, settings=config_map("second"))
        eventually("the commit is in the cluster", 150, lambda: message(cluster) == "second")
        note(f"{time.monotonic() - start:.0f} s after the push")
        eventually("the status shows it", 120, lambda: application().get("revision") == revision and application()["sync"] == "Synced")


@after(test_new_commit)
def test_broken_commit():
    """A broken commit is reported and changes nothing else, and a correction is synchronized."""
    with VirtualCluster(GITOPS) as cluster:
        git_server.commit(cluster, settings=config_map("ignored"), broken=BROKEN)
        reason = eventually("it is reported", 300, lambda: condition()[1] == names.FAILING and condition()[2])
        assert "broken.yaml" in reason, reason
        note(f"“{reason[:160]}”")
        assert GITOPS.is_ready() and application()["error"]
        assert message(cluster) == "second"
        git_server.commit(cluster, settings=config_map("third"))
        eventually("the correction is in the cluster", 240, lambda: message(cluster) == "third")
        eventually("the condition is True", 120, lambda: condition()[0] == "True")


@after(test_broken_commit)
def test_private_repository():
    """A private repository needs a Secret, whose absence is reported with its name, and the function never reads it."""
    request(git_server.PRIVATE, requiredForReady=True, credentialsSecretRef={"name": SECRET})
    reason = eventually("the missing Secret is reported", 120, lambda: SECRET in condition()[2] and condition()[2])
    note(f"“{reason[:200]}”")
    with VirtualCluster(GITOPS) as cluster:
        assert message(cluster) == "third"
        values = {"configs": {"repositories": {"team": {
            "url": git_server.PRIVATE, "username": git_server.USER, "password": git_server.PASSWORD}}}}
        apply({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": SECRET, "namespace": TEAM},
               "stringData": {"values.yaml": json.dumps(values)}})
        revision = git_server.commit(cluster, settings=config_map("private"))
        eventually("the private repository is synchronized", 400, lambda: message(cluster) == "private")
        eventually("the Environment is ready", 120, lambda: GITOPS.is_ready() and application().get("revision") == revision)
    assert git_server.PASSWORD not in json.dumps(GITOPS.object) + json.dumps(GITOPS.components())


@after(test_private_repository)
def test_switched_off():
    """Argo CD that is switched off deletes what it synchronized, where that was requested, and is uninstalled after that."""
    request(git_server.PRIVATE, credentialsSecretRef={"name": SECRET}, deletionPolicy="Delete")
    eventually("the Application has its finalizer", 120, lambda: finalizers())
    request(git_server.PRIVATE, enabled=False)
    with VirtualCluster(GITOPS) as cluster:
        eventually("what was synchronized is deleted", 180, lambda: not message(cluster))
        eventually("Argo CD is uninstalled", 240, lambda: not cluster.names("deployments,statefulsets", "argocd"))
        eventually("nothing of it is left", 120, lambda: not [name for name in GITOPS.components() if "argocd" in name])
        assert not cluster.names("applications.argoproj.io", "argocd")
    eventually("the condition says so", 60, lambda: condition()[:2] == ("True", names.NOT_REQUESTED))
    assert "argocd" not in GITOPS.status
    stays("the Git server stays", 5, lambda: all(one["ready"] for one in GITOPS.status["manifests"]))


def finalizers():
    with VirtualCluster(GITOPS) as cluster:
        return cluster.get("applications.argoproj.io", "environment", "argocd")["metadata"].get("finalizers")


@after(test_switched_off)
def test_deleted_while_synchronized():
    """An Environment whose Application has a finalizer leaves nothing when it is deleted."""
    request(git_server.PRIVATE, credentialsSecretRef={"name": SECRET}, deletionPolicy="Delete")
    eventually("the repository is synchronized", 400, lambda: condition()[:2] == ("True", names.AVAILABLE))
    assert finalizers()
    GITOPS.delete()


@after(test_deleted_while_synchronized)
def test_deleted_while_installing():
    """An Environment that is deleted while Argo CD is being installed leaves nothing."""
    request(git_server.PRIVATE, credentialsSecretRef={"name": SECRET}, deletionPolicy="Delete")
    eventually("the installation has begun", 60, lambda: "argocd" in GITOPS.components())
    GITOPS.delete(helm_busy_with="argocd")
    kubectl("delete", "secret", SECRET, "--namespace", TEAM)

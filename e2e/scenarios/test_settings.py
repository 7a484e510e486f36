"""What the platform sets for all Environments at once."""
import json
import os
import subprocess

from scenarios import names, platform, test_first_environment
from scenarios.charts import parts
from scenarios.commands import TEAM, get, kubectl, run
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after, needs
from scenarios.shared import B, DEV
from scenarios.team import Member, group

PERSON = {"kind": "ServiceAccount", "name": "person", "namespace": TEAM}
CONNECTED = Member("connected")


def wait_accepted():
    DEV.trigger()
    eventually("everything is accepted again", 60,
               lambda: DEV.condition(names.ACCEPTED)[0] == "True" and DEV.condition("Synced")[0] == "True")


@after(test_first_environment.test_ready)
def test_invalid_settings():
    """Invalid Settings stop changes and nothing else, and when they are corrected everything continues."""
    DEV.wait_quiet()
    before = DEV.component_versions()
    try:
        platform.set_settings(sizes={"small": {"vcluster": {"cpu": ["many"]}}})
        DEV.trigger()
        eventually("Accepted is False", 30, lambda: DEV.condition(names.ACCEPTED)[:2] == ("False", names.INVALID))
        message = DEV.condition(names.ACCEPTED)[2]
        assert "sizes.small.vcluster.cpu" in message
        note(f"“{message[:160]}”")
        stays("nothing else is written, and nothing removed", 15, lambda: DEV.component_versions() == before)
    finally:
        platform.set_settings()
    wait_accepted()
    DEV.wait_ready(60)
    assert DEV.component_versions() == before


@after(test_invalid_settings)
def test_host_labels():
    """A label in Settings reaches the host namespace, and is gone again when it is no longer in Settings."""
    try:
        platform.set_settings(host={"labels": {"cost-center": "e2e"}})
        DEV.trigger()
        eventually("the label is there", 60, lambda: host_labels().get("cost-center") == "e2e")
    finally:
        platform.set_settings()
    DEV.trigger()
    eventually("the label is gone", 60, lambda: "cost-center" not in host_labels())
    assert host_labels()["pod-security.kubernetes.io/enforce"] == "baseline"


def host_labels():
    return get("namespace", DEV.host)["metadata"]["labels"]


@after(test_invalid_settings)
def test_subjects():
    """The subjects in Settings can connect, and do nothing else in the host namespace."""
    CONNECTED.assert_cannot("get", "pods", namespace=DEV.host)
    kubectl("create", "serviceaccount", PERSON["name"], "--namespace", TEAM)
    platform.set_settings(access={"subjects": [{"kind": "Group", "name": group("connected")}, PERSON | {"teams": [TEAM]}]})
    DEV.trigger()
    kubeconfig = names.external_kubeconfig(DEV.cluster)
    eventually("they have the rights", 60, lambda: CONNECTED.can("get", "secret", kubeconfig, namespace=DEV.host))
    CONNECTED.assert_can("get", "pods", namespace=DEV.host)
    CONNECTED.assert_cannot("get", "secrets", namespace=DEV.host)
    CONNECTED.assert_cannot("get", "secret", names.vcluster_config(DEV.cluster), namespace=DEV.host)
    CONNECTED.assert_cannot("delete", "pod", f"{DEV.cluster}-0", namespace=DEV.host)


@after(test_subjects)
@needs("VCLUSTER_CLI")
def test_connect(tmp_path):
    """A person with a team's permissions follows status.connect and reaches the app, and nothing of other teams."""
    DEV.wait_ready(60)
    kubectl("create", "rolebinding", "person", "--namespace", TEAM, "--clusterrole=environment-edit",
            f"--serviceaccount={TEAM}:{PERSON['name']}")
    person = Person(tmp_path)
    environment = json.loads(person.kubectl("get", "environment", DEV.name, "--namespace", TEAM, "-o", "json").stdout)
    command = environment["status"]["connect"].split("#")[0].strip()
    answer = person.shell(f"{command} -- kubectl get --raw /api/v1/namespaces/podinfo/services/http:podinfo:http/proxy/version")
    assert '"version"' in answer
    note(f"`{command}` leads to the app")
    other = Environment("theirs", B).request(parts()).wait_ready(150, "parts")
    kubeconfig = names.external_kubeconfig(other.cluster)
    assert CONNECTED.can("get", "secret", kubeconfig, namespace=other.host), "others cannot connect to it"
    for words in (("get", "secret", other.secret, "--namespace", other.namespace),
                  ("get", "secret", kubeconfig, "--namespace", other.host),
                  ("get", "pods", "--namespace", other.host),
                  ("get", "environments", "--namespace", other.namespace),
                  ("get", "secret", names.vcluster_config(DEV.cluster), "--namespace", DEV.host),
                  ("get", "secrets", "--namespace", TEAM),
                  ("get", names.RELEASES, "--namespace", TEAM)):
        assert_forbidden(person.kubectl(*words, may_fail=True))
    release = {"apiVersion": "helm.m.crossplane.io/v1beta1", "kind": "Release",
               "metadata": {"name": "mine", "namespace": TEAM}, "spec": {"forProvider": {"chart": {"name": "x"}}}}
    assert_forbidden(person.kubectl("create", "--filename", "-", given=json.dumps(release), may_fail=True))
    other.delete()


@after(test_subjects)
def test_subjects_removed():
    """A subject that is removed from Settings can no longer connect."""
    CONNECTED.assert_can("get", "pods", namespace=DEV.host)
    platform.set_settings()
    DEV.trigger()
    eventually("the rights are gone", 60, lambda: not CONNECTED.can("get", "pods", namespace=DEV.host))
    DEV.wait_ready(60)


@after(test_subjects_removed)
def test_required_settings():
    """While the EnvironmentConfig is missing that Settings require, nothing changes, and afterwards everything continues."""
    platform.set_settings(requireEnvironmentConfig=True)
    DEV.trigger()
    eventually("the Environment has seen it", 30, lambda: DEV.status.get("environmentConfigRequired"))
    DEV.wait_quiet()  # what the scenario before has removed may still be on its way out
    before = DEV.component_versions()
    try:
        platform.remove_settings()
        DEV.trigger()
        eventually("Accepted is False", 30, lambda: DEV.condition(names.ACCEPTED)[:2] == ("False", names.INVALID))
        assert f"EnvironmentConfig {names.SETTINGS}" in DEV.condition(names.ACCEPTED)[2]
        stays("nothing is written, and nothing removed", 15, lambda: DEV.component_versions() == before)
    finally:
        platform.set_settings()
    wait_accepted()
    assert not DEV.status.get("environmentConfigRequired")
    assert DEV.component_versions() == before


def assert_forbidden(answer):
    assert answer.returncode and "orbidden" in answer.stderr, f"it is not forbidden: {answer.stdout}{answer.stderr}"


class Person:
    """Somebody with a kubeconfig of their own."""

    def __init__(self, work):
        config = json.loads(kubectl("config", "view", "--minify", "--raw", "--output", "json").stdout)
        token = kubectl("create", "token", PERSON["name"], "--namespace", TEAM, "--duration=1h").stdout.strip()
        config["users"][0]["user"] = {"token": token}
        file = work / "kubeconfig"
        file.write_text(json.dumps(config))
        self.environment = os.environ | {"KUBECONFIG": str(file), "HOME": str(work), "PATH":
                                         f"{os.environ['VCLUSTER_CLI']}:{os.environ['PATH']}"}

    def kubectl(self, *words, **options):
        return kubectl(*words, env=self.environment, **options)

    def shell(self, line):
        try:
            return run("sh", "-c", line, env=self.environment, timeout=90, may_fail=True).stdout
        except subprocess.TimeoutExpired as error:
            return f"no answer within 90 s: {error.stdout}"

"""What the platform says to all Environments at once."""
import json
import os
import subprocess
import tempfile
from pathlib import Path

from stories import platform
from stories.beginning import DEV, ready
from stories.charts import parts
from stories.environments import Environment
from stories.people import acting, group
from stories.walk import TEAM, equal, eventually, holds, kubectl, note, run, stays, story

PERSON = {"kind": "ServiceAccount", "name": "person", "namespace": TEAM}


@story("Settings that cannot be read stop changes and nothing else, and when they are mended all goes on", after=ready)
def broken(_):
    DEV.rests()
    before = DEV.part_versions()
    try:
        platform.settings(sizes={"small": {"vcluster": {"cpu": ["many"]}}})
        DEV.poke()
        eventually("it is said where", 30, lambda: DEV.condition("Accepted")[:2] == ("False", "NotAccepted"))
        holds(f"by path: {DEV.condition('Accepted')[2]}", "sizes.small.vcluster.cpu" in DEV.condition("Accepted")[2])
        note(f"“{DEV.condition('Accepted')[2][:160]}”")
        stays("nothing else is written, and nothing taken away", 15, lambda: DEV.part_versions() == before)
    finally:
        platform.settings()
    DEV.poke()
    eventually("all is accepted again", 60, lambda: DEV.condition("Accepted")[0] == "True" and DEV.condition("Synced")[0] == "True")
    DEV.comes(60)
    equal("all else", DEV.part_versions(), before)


@story("Whom Settings name may connect, and do nothing else in the host namespace", after=broken)
def connecting(_):
    as_member = acting("connected")
    as_member.may_not("get", "pods", namespace=DEV.host)
    kubectl("create", "serviceaccount", PERSON["name"], "--namespace", TEAM)
    platform.settings(access={"subjects": [{"kind": "Group", "name": group("connected")}, PERSON | {"teams": [TEAM]}]})
    DEV.poke()
    eventually("the rights are there", 60, lambda: as_member.can("get", "secret", f"vc-{DEV.name}", namespace=DEV.host))
    as_member.may("get", "pods", namespace=DEV.host)
    as_member.may_not("get", "secrets", namespace=DEV.host)
    as_member.may_not("get", "secret", f"vc-config-{DEV.name}", namespace=DEV.host)
    as_member.may_not("delete", "pod", f"{DEV.name}-0", namespace=DEV.host)


@story("A person with the rights of a team follows status.connect and reaches the app, and nothing of others", after=connecting,
       needs=["VCLUSTER_CLI"])
def way_in(_):
    DEV.comes(60)
    kubectl("create", "rolebinding", "person", "--namespace", TEAM, "--clusterrole=environment-edit",
            f"--serviceaccount={TEAM}:{PERSON['name']}")
    with tempfile.TemporaryDirectory() as work:
        person = Person(Path(work))
        line = json.loads(person.kubectl("get", "environment", DEV.name, "--namespace", TEAM, "-o", "json").stdout)["status"]["connect"]
        said = person.shell(f"{line.split('#')[0]} -- kubectl get --raw "
                            "/api/v1/namespaces/podinfo/services/http:podinfo:http/proxy/version")
        holds(f"the app answers: {said}", '"version"' in said)
        note(f"`{line.split('#')[0].strip()}` leads to the app")
        other = Environment("theirs", f"{TEAM}-b").ask(parts()).comes(150, "parts")
        secret = f"vc-{other.status['cluster']['name']}"
        holds("others may connect to it", acting("connected").can("get", "secret", secret, namespace=other.host))
        for words in (("get", "secret", other.secret, "--namespace", other.namespace),
                      ("get", "secret", secret, "--namespace", other.host),
                      ("get", "pods", "--namespace", other.host),
                      ("get", "environments", "--namespace", other.namespace),
                      ("get", "secret", f"vc-config-{DEV.name}", "--namespace", DEV.host),
                      ("get", "secrets", "--namespace", TEAM),
                      ("get", "releases.helm.m.crossplane.io", "--namespace", TEAM)):
            refused(person.kubectl(*words, may_fail=True))
        release = {"apiVersion": "helm.m.crossplane.io/v1beta1", "kind": "Release",
                   "metadata": {"name": "mine", "namespace": TEAM}, "spec": {"forProvider": {"chart": {"name": "x"}}}}
        refused(person.kubectl("create", "--filename", "-", given=json.dumps(release), may_fail=True))
        other.delete()


@story("Who is no longer named may no longer connect", after=connecting)
def parting(_):
    as_member = acting("connected")
    as_member.may("get", "pods", namespace=DEV.host)
    platform.settings()
    DEV.poke()
    eventually("the rights are gone", 60, lambda: not as_member.can("get", "pods", namespace=DEV.host))
    DEV.comes(60)


def refused(answer):
    holds(f"it is refused: {answer.stdout}{answer.stderr}", answer.returncode and "orbidden" in answer.stderr)


class Person:
    """Somebody with a kubeconfig of his own."""

    def __init__(self, work):
        config = json.loads(kubectl("config", "view", "--minify", "--raw", "--output", "json").stdout)
        token = kubectl("create", "token", PERSON["name"], "--namespace", TEAM, "--duration=1h").stdout.strip()
        config["users"][0]["user"] = {"token": token}
        file = work / "kubeconfig"
        file.write_text(json.dumps(config))
        self.environment = os.environ | {"KUBECONFIG": str(file), "HOME": str(work), "PATH":
                                         f"{os.environ['VCLUSTER_CLI']}:{os.environ['PATH']}"}

    def kubectl(self, *words, **how):
        return kubectl(*words, env=self.environment, **how)

    def shell(self, line):
        try:
            return run("sh", "-c", line, env=self.environment, timeout=90, may_fail=True).stdout
        except subprocess.TimeoutExpired as error:
            return f"no answer: {error.stdout}"

"""Access to an Environment's cluster with less than an administrator's rights, as its status and docs/install.md describe it."""
import base64
import json
import os
import subprocess

from scenarios import names, oidc_issuer, platform, test_install
from scenarios.commands import get, kubectl, run
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note, repaired_by
from scenarios.marks import after
from scenarios.team import Member, group
from scenarios.virtual_cluster import VirtualCluster

RESTRICTED = Environment("restricted")
READERS = "oidc:readers"
MEMBER = Member("signs-in")
ACCESS = {"subjects": [{"kind": "Group", "name": group("signs-in"), "administrator": False}],
          "roles": [{"name": "reader", "clusterRole": "view", "tokenDuration": "10m",
                     "subjects": [{"kind": "Group", "name": READERS}]},
                    {"name": "deployer", "clusterRole": "edit"}]}
POD_LIST = ("get", "pods", "--all-namespaces", "--output", "name")
# Stands for the plugin oidc-login: kubectl finds it by its name. It checks what it is called with.
PLUGIN = """#!/bin/sh
[ "$1" = get-token ] && [ "$2" = "--oidc-issuer-url=$ISSUER" ] && [ "$3" = "--oidc-client-id=$CLIENT" ] || exit 1
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$(cat "$TOKEN")"
"""


def settings(**vcluster):
    """Access, and what the control planes of all scenarios have besides."""
    values = {"controlPlane": {"statefulSet": {"resources": {"requests": {"cpu": "20m", "memory": "128Mi"}}}}}
    platform.set_settings(access=ACCESS, vcluster={"values": values} | vcluster)


def clean_up():
    kubectl("delete", RESTRICTED.kind, RESTRICTED.name, "--namespace", RESTRICTED.namespace, "--ignore-not-found", may_fail=True)
    platform.set_settings()


def role(name):
    return next(one for one in RESTRICTED.status["access"]["roles"] if one["name"] == name)


def shell(command, kubeconfig, **variables):
    return run("sh", "-c", command, env=os.environ | {"KUBECONFIG": str(kubeconfig)} | variables).stdout.strip()


class Holder:
    """Somebody who has a token, the address and the certificate of a cluster, and nothing else."""

    def __init__(self, cluster, folder, token):
        authority = kubectl(*cluster.flags, "config", "view", "--raw", "--minify", "--output",
                            "jsonpath={.clusters[0].cluster.certificate-authority-data}").stdout
        (folder / "ca.crt").write_bytes(base64.b64decode(authority))
        address = cluster.flags[cluster.flags.index("--server"):]
        self.flags = ["--kubeconfig", os.devnull, *address, "--certificate-authority", folder / "ca.crt", "--token", token]

    def kubectl(self, *words):
        return kubectl(*words, *self.flags, may_fail=True)

    def assert_can(self, *words):
        answer = self.kubectl(*words)
        assert not answer.returncode, answer.stderr
        return answer.stdout

    def assert_cannot(self, *words):
        answer = self.kubectl(*words)
        assert answer.returncode and "forbidden" in answer.stderr.lower(), f"{words}: {answer.stdout}{answer.stderr}"


def administrator(cluster, folder):
    """A kubeconfig as status.connect writes it: that of the Secret, with an address that this machine reaches."""
    file = folder / "administrator"
    file.write_text(open(cluster.file.name, encoding="utf-8").read(), encoding="utf-8")
    name = kubectl("config", "view", "--kubeconfig", file, "--output", "jsonpath={.clusters[0].name}").stdout
    kubectl("config", "set-cluster", name, "--kubeconfig", file, *cluster.flags[2:])
    return file


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


@after(test_install.test_installed)
def test_role_tokens(tmp_path):
    """The commands in status.access request tokens that expire as asked and have the rights of their role and no others."""
    with repaired_by(clean_up):
        settings()
        RESTRICTED.request(PODINFO).wait_ready(240, "podinfo")
        assert RESTRICTED.condition("AccessReady")[:2] == ("True", names.AVAILABLE)
        with VirtualCluster(RESTRICTED) as cluster:
            kubeconfig = administrator(cluster, tmp_path)
            assert shell("kubectl auth can-i '*' '*'", kubeconfig) == "yes", "the kubeconfig is not that of an administrator"
            token = shell(role("reader")["createToken"], kubeconfig)
            lifetime = claims(token)["exp"] - claims(token)["iat"]
            note(f"`{role('reader')['createToken']}` prints a token for {lifetime} s")
            assert lifetime == 600
            reader = Holder(cluster, tmp_path, token)
            assert "pod/podinfo" in reader.assert_can(*POD_LIST)
            for words in (("get", "secrets", "--all-namespaces"), ("create", "configmap", "mine"), ("delete", "pod", "any"),
                          ("create", "token", "environment-deployer", "--namespace", "environment-access"),
                          ("create", "clusterrolebinding", "mine", "--clusterrole=cluster-admin", "--user=me")):
                reader.assert_cannot(*words)
            deployer = Holder(cluster, tmp_path, shell(role("deployer")["createToken"], kubeconfig))
            deployer.assert_can("create", "configmap", "mine")
            deployer.assert_cannot("create", "clusterrolebinding", "mine", "--clusterrole=cluster-admin", "--user=me")


@after(test_role_tokens)
def test_sign_in(tmp_path):
    """Who signs in at an issuer uses the kubeconfig in the status, with the rights of their group, as long as the token lives."""
    with repaired_by(clean_up):
        address = oidc_issuer.address_towards(get("service", RESTRICTED.cluster, RESTRICTED.host)["spec"]["clusterIP"])
        with oidc_issuer.Issuer(tmp_path, address) as issuer:
            settings(oidc={"issuerURL": issuer.url, "clientID": oidc_issuer.CLIENT, "groupsClaim": "groups",
                           "certificateAuthority": issuer.authority})
            RESTRICTED.trigger()
            eventually("status has a kubeconfig", 180, lambda: RESTRICTED.status["access"].get("kubeconfig"))
            eventually("the control plane is to restart", 60, lambda: get("statefulset", RESTRICTED.cluster, RESTRICTED.host)[
                "spec"]["template"]["metadata"]["annotations"].get("environment.fn.crossplane.io/oidc-ca") == issuer.authority)
            kubectl("rollout", "status", f"statefulset/{RESTRICTED.cluster}", "--namespace", RESTRICTED.host, "--timeout=180s")
            RESTRICTED.wait_ready(240, "podinfo")
            kubeconfig = tmp_path / "kubeconfig"
            kubeconfig.write_text(RESTRICTED.status["access"]["kubeconfig"])
            assert "client-key" not in kubeconfig.read_text() and "token:" not in kubeconfig.read_text()
            plugin, token = tmp_path / "kubectl-oidc_login", tmp_path / "token"
            plugin.write_text(PLUGIN)
            plugin.chmod(0o755)
            variables = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "ISSUER": issuer.url, "CLIENT": oidc_issuer.CLIENT,
                         "TOKEN": str(token)}
            MEMBER.assert_cannot("get", "secret", names.external_kubeconfig(RESTRICTED.cluster), namespace=RESTRICTED.host)
            MEMBER.assert_cannot("list", "pods", namespace=RESTRICTED.host)
            assert "vcluster.loft.sh/token" not in kubectl(
                "get", "pods", "--namespace", RESTRICTED.host, "--output", "json").stdout, "a token is in an annotation of a pod"
            # Word for word, but that this member acts by impersonation.
            tunnel = subprocess.Popen([*RESTRICTED.status["access"]["tunnel"].split(), *MEMBER.flags],
                                      stdout=subprocess.PIPE, text=True)
            try:
                assert tunnel.stdout.readline().startswith("Forwarding from"), "the tunnel ends"
                token.write_text(issuer.token("anna", "readers"))
                eventually("the API server knows the issuer", 90, lambda: json.loads(shell(
                    "kubectl auth whoami --output json", kubeconfig, **variables))["status"]["userInfo"]["username"] == "oidc:anna")
                note(f"`{RESTRICTED.status['access']['tunnel']}` leads to the API server, and oidc:anna is known there")
                assert "pod/podinfo" in shell(" ".join(("kubectl", *POD_LIST)), kubeconfig, **variables)
                refused("kubectl get secrets --all-namespaces", "forbidden", kubeconfig, variables)
                token.write_text(issuer.token("mia"))
                refused("kubectl get pods", "forbidden", kubeconfig, variables)
                token.write_text(issuer.token("anna", "readers", audience="another"))
                refused("kubectl get pods", "logged in", kubeconfig, variables)
                token.write_text(issuer.token("anna", "readers", seconds=20))
                shell("kubectl get pods", kubeconfig, **variables)
                eventually("the token has expired", 60, lambda: refused("kubectl get pods", "logged in", kubeconfig, variables))
            finally:
                tunnel.kill()
                tunnel.wait()
    clean_up()


def refused(command, word, kubeconfig, variables):
    answer = run("sh", "-c", command, env=os.environ | {"KUBECONFIG": str(kubeconfig)} | variables, may_fail=True)
    assert answer.returncode and word in answer.stderr.lower(), f"{command}: {answer.stdout}{answer.stderr}"
    return True

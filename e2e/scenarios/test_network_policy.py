"""
What the network policy of an Environment closes, on a cluster whose network plugin enforces NetworkPolicies. A pod in a namespace
without a policy shows that nothing else keeps the connections from succeeding.
"""
import json

from scenarios import charts, platform, test_install
from scenarios.commands import get, kubectl
from scenarios.environment import Environment
from scenarios.expect import eventually, stays
from scenarios.marks import after, needs
from scenarios.virtual_cluster import VirtualCluster

WALLED, NEIGHBOUR = Environment("walled"), Environment("neighbour")
OUTSIDE = ("outside", charts.NAMESPACE)
PORT = 8080
LINK_LOCAL = "169.254.77.1"  # in the range where clouds hand out the credentials of nodes


def web_server(name, address="0.0.0.0", before="", after="", **spec):
    """A pod with a web server. On a node, it can run a command before and after."""
    script = (f"/bin/busybox mkdir -p /www; echo served >/www/index.html; {before or ':'}; trap '{after or ':'}; exit' TERM; "
              f"/bin/busybox httpd -f -p {address}:{PORT} -h /www & wait")
    container = {"name": "web", "image": "docker.io/library/busybox:1", "command": ["/bin/busybox", "sh", "-c", script],
                 "securityContext": {"privileged": bool(before)}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
            "spec": spec | {"terminationGracePeriodSeconds": 5, "containers": [container]}}


def inside(environment, name):
    """A pod of an Environment, as name and namespace in the host cluster."""
    return f"{name}-x-default-x-{environment.cluster}", environment.host


def start(environment):
    with VirtualCluster(environment) as cluster:
        for name in ("one", "other"):
            kubectl(*cluster.flags, "apply", "--namespace", "default", "--filename", "-", given=json.dumps(web_server(name)))
    for name in ("one", "other"):
        address(*inside(environment, name))


def address(name, namespace):
    """Of a pod, once it serves."""
    eventually(f"{name} serves", 60, lambda: fetched((name, namespace), "127.0.0.1"))
    return get("pod", name, namespace)["status"]["podIP"]


def fetched(pod, host):
    """Whether a pod gets an answer from the web server at an address within two seconds."""
    name, namespace = pod
    request = f"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | /bin/busybox nc -w 2 {host} {PORT}"
    answer = kubectl("exec", name, "--namespace", namespace, "--", "/bin/busybox", "sh", "-c", request, may_fail=True)
    return answer.stdout.endswith("served\n")


def clean_up():
    for environment in (WALLED, NEIGHBOUR):
        kubectl("delete", environment.kind, environment.name, "--namespace", environment.namespace, "--ignore-not-found")
    kubectl("delete", "pod", "outside", "link-local", "--namespace", charts.NAMESPACE, "--ignore-not-found", may_fail=True)
    platform.set_settings()


@after(test_install.test_installed)
@needs("NETWORK_POLICIES")
def test_closed():
    """Pods of an Environment reach each other, but not another Environment, the host's pods or link-local addresses."""
    try:
        for environment in (WALLED, NEIGHBOUR):
            environment.request()
        add, remove = (f"/bin/busybox ip address {verb} {LINK_LOCAL}/32 dev lo" for verb in ("add", "del"))
        for pod in (web_server("outside"), web_server("link-local", LINK_LOCAL, add, remove, hostNetwork=True)):
            kubectl("apply", "--namespace", charts.NAMESPACE, "--filename", "-", given=json.dumps(pod))
        outside = address(*OUTSIDE)
        eventually("the link-local address serves", 60, lambda: fetched(("link-local", charts.NAMESPACE), LINK_LOCAL))
        for environment in (WALLED, NEIGHBOUR):
            start(environment.wait_ready(180))
        one, other, neighbour = inside(WALLED, "one"), inside(WALLED, "other"), inside(NEIGHBOUR, "one")
        reached = {
            "a pod of its own": fetched(one, address(*other)),
            "a pod of its own, in the neighbour": fetched(inside(NEIGHBOUR, "other"), address(*neighbour)),
            "a pod of the neighbour": fetched(one, address(*neighbour)),
            "a pod of the host": fetched(one, outside),
            "a link-local address": fetched(one, LINK_LOCAL),
            "a pod of an Environment, from the host": fetched(OUTSIDE, address(*one)),
            "a link-local address, from the host": fetched(OUTSIDE, LINK_LOCAL),
        }
        assert reached == {
            "a pod of its own": True,
            "a pod of its own, in the neighbour": True,
            "a pod of the neighbour": False,
            "a pod of the host": False,
            "a link-local address": False,
            "a pod of an Environment, from the host": False,
            "a link-local address, from the host": True,
        }
    except BaseException:
        clean_up()
        raise


@after(test_closed)
@needs("NETWORK_POLICIES")
def test_opened():
    """
    An address that Settings open can be reached, and nothing else becomes open with it. A running cluster keeps its values until
    it changes.
    """
    try:
        platform.set_settings(vcluster=platform.VCLUSTER | {"isolation": {"openAddresses": [LINK_LOCAL]}})
        WALLED.request(size="medium")
        one = inside(WALLED, "one")
        eventually("the address is open", 180, lambda: fetched(one, LINK_LOCAL))
        stays("a pod of the host is closed", 5, lambda: not fetched(one, address(*OUTSIDE)))
    finally:
        clean_up()

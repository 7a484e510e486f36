"""Addresses of apps. There is no ingress controller: the scenarios play it, and reach the Service that it would send requests to."""
from scenarios import platform, test_install
from scenarios.commands import HOME, items, kubectl, patch
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note, repaired_by, stays
from scenarios.marks import after

ADDRESSED = Environment("addressed")
DOMAIN = "apps.example.org"
HOST = f"podinfo.{ADDRESSED.name}.{ADDRESSED.namespace}.{DOMAIN}"
PERMISSIONS = HOME / "package/host/ingress.yaml"
INGRESSES = "ingresses.networking.k8s.io"


def clean_up():
    kubectl("delete", ADDRESSED.kind, ADDRESSED.name, "--namespace", ADDRESSED.namespace, "--ignore-not-found", may_fail=True)
    platform.set_settings()
    kubectl("delete", "--filename", PERMISSIONS, "--ignore-not-found", may_fail=True)


@after(test_install.test_installed)
def test_address():
    """An exposed app has an address once the ingress controller has given its Ingress one, and requests reach the app."""
    with repaired_by(clean_up):
        kubectl("apply", "--filename", PERMISSIONS)
        platform.set_settings(domain=DOMAIN, ingress={"className": "e2e", "annotations": {"e2e/issuer": "none"},
                                                      "controllerNamespace": "kube-system"})
        ADDRESSED.request(PODINFO | {"expose": {"service": "<app>", "port": 9898}}).wait_ready(180, "podinfo")
        ingress = eventually("the vcluster has synced the Ingress", 60, lambda: items(INGRESSES, ADDRESSED.host))[0]
        rule = ingress["spec"]["rules"][0]
        assert (rule["host"], ingress["spec"]["ingressClassName"]) == (HOST, "e2e")
        assert ingress["metadata"]["annotations"]["e2e/issuer"] == "none"
        backend = rule["http"]["paths"][0]["backend"]["service"]
        answer = eventually("the Service behind it answers", 60, lambda: kubectl(
            "get", "--raw", f"/api/v1/namespaces/{ADDRESSED.host}/services/{backend['name']}:{backend['port']['number']}/proxy/",
            may_fail=True).stdout)
        assert '"hostname": "podinfo' in answer, answer
        stays("there is no address without one of the controller", 5, lambda: "url" not in ADDRESSED.status)
        patch(INGRESSES, ingress["metadata"]["name"],
              {"status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}}, ADDRESSED.host, subresource="status")
        eventually("the address is in status", 120, lambda: ADDRESSED.status.get("url") == f"http://{HOST}")
        note(ADDRESSED.status["url"])
        assert ADDRESSED.status["apps"][0]["url"] == f"http://{HOST}"
        policy = items("networkpolicies.networking.k8s.io", ADDRESSED.host, "--field-selector",
                       f"metadata.name=vc-work-{ADDRESSED.cluster}")[0]
        assert {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}]} in \
            policy["spec"]["ingress"]


@after(test_address)
def test_no_longer_exposed():
    """An app that is no longer exposed loses its Ingress and its address, and stays ready."""
    try:
        ADDRESSED.request_apps(PODINFO)
        eventually("the Ingress is gone", 60, lambda: not items(INGRESSES, ADDRESSED.host))
        eventually("the address is gone", 60, lambda: "url" not in ADDRESSED.status and not ADDRESSED.removing)
        ADDRESSED.wait_ready(30, "podinfo")
        assert "ingress-podinfo" not in ADDRESSED.components()
    finally:
        clean_up()

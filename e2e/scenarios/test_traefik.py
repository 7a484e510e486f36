"""Addresses of apps, served by a real ingress controller and a real Gateway."""
from scenarios import gateway, platform, test_install, traefik
from scenarios.commands import HOME, items, kubectl
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note, repaired_by
from scenarios.gateway import ROUTES
from scenarios.marks import after, needs
from scenarios.test_addresses import INGRESSES

SERVED = Environment("served")
DOMAIN = "apps.example.org"
URL = f"http://podinfo.{SERVED.name}.{SERVED.namespace}.{DOMAIN}"
EXPOSED = PODINFO | {"expose": {"service": "<app>", "port": 9898}}
PERMISSIONS = [HOME / "package/host/ingress.yaml", HOME / "package/host/gateway.yaml"]


def clean_up():
    kubectl("delete", SERVED.kind, SERVED.name, "--namespace", SERVED.namespace, "--ignore-not-found", may_fail=True)
    platform.set_settings()
    for file in PERMISSIONS:
        kubectl("delete", "--filename", file, "--ignore-not-found", may_fail=True)
    traefik.remove()
    gateway.remove_kinds()


def served():
    status, text = traefik.answer(URL)
    return status == 200 and '"hostname": "podinfo' in text


@after(test_install.test_installed)
@needs("TRAEFIK_IMAGE", "GATEWAY_CRDS")
def test_ingress():
    """The URL in status is served by an ingress controller that knows nothing of Environments, from the pod in the vcluster."""
    with repaired_by(clean_up):
        gateway.install_kinds("gateway.networking.k8s.io_*.yaml")
        traefik.install()
        for file in PERMISSIONS:
            kubectl("apply", "--filename", file)
        platform.set_settings(domain=DOMAIN, ingress={"className": traefik.NAME, "controllerNamespace": traefik.NAMESPACE})
        assert traefik.answer(URL)[0] == 404, "there is an answer before there is an app"
        SERVED.request(EXPOSED).wait_ready(180, "podinfo")
        eventually("the URL is in status", 120, lambda: SERVED.status.get("url") == URL)
        eventually("the URL is served", 30, served, lambda: traefik.answer(URL))
        note(URL)


@after(test_ingress)
@needs("TRAEFIK_IMAGE", "GATEWAY_CRDS")
def test_gateway():
    """When Settings name a Gateway instead, the Ingress goes, and a route that the Gateway admits serves the same URL."""
    with repaired_by(clean_up):
        platform.set_settings(domain=DOMAIN, gateway={
            "namespace": traefik.NAMESPACE, "name": traefik.NAME, "sectionName": traefik.LISTENER,
            "controllerNamespace": traefik.NAMESPACE})
        SERVED.trigger()
        route = eventually("the Gateway has accepted the route", 180, lambda: [
            one for one in items(ROUTES, SERVED.host)
            if one["status"]["parents"][0]["controllerName"] == "traefik.io/gateway-controller"])[0]
        accepted = {one["type"]: one["status"] for one in route["status"]["parents"][0]["conditions"]}
        assert accepted == {"Accepted": "True", "ResolvedRefs": "True"}, accepted
        eventually("the Ingress is gone", 180, lambda: not items(INGRESSES, SERVED.host), lambda: items(INGRESSES, SERVED.host))
        eventually("the URL is in status", 120, lambda: SERVED.status.get("url") == URL)
        eventually("the URL is served", 60, served, lambda: traefik.answer(URL))


@after(test_gateway)
@needs("TRAEFIK_IMAGE", "GATEWAY_CRDS")
def test_no_longer_served():
    """When the app is no longer exposed, its URL is served no longer, and leaves the status."""
    try:
        SERVED.request_apps(PODINFO)
        eventually("the URL is served no longer", 120, lambda: traefik.answer(URL)[0] == 404, lambda: traefik.answer(URL))
        eventually("the URL is not in status", 60, lambda: "url" not in SERVED.status)
        host = SERVED.host
        SERVED.delete()
        assert not items(ROUTES, host)
    finally:
        clean_up()

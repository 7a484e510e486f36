"""Addresses of apps by a Gateway. There is none: the scenarios play its controller, and reach the Service that it would send requests to."""
from scenarios import gateway, platform, test_install
from scenarios.commands import HOME, items, kubectl
from scenarios.environment import PODINFO, Environment
from scenarios.expect import eventually, note, repaired_by, stays
from scenarios.gateway import ROUTES
from scenarios.marks import after, needs

ROUTED = Environment("routed")
DOMAIN = f"{ROUTED.name}.{ROUTED.namespace}.apps.example.org"
PERMISSIONS = HOME / "package/host/gateway.yaml"
PARENT = {"namespace": "kube-system", "name": "e2e", "sectionName": "https"}
EXPOSED = PODINFO | {"expose": {"service": "<app>", "port": 9898}}
# Its Service has a name in the host namespace that ends with a digest.
LONG = EXPOSED | {"name": "podinfo-whose-service-has-a-long-name", "catalog": "podinfo"}


def clean_up():
    kubectl("delete", ROUTED.kind, ROUTED.name, "--namespace", ROUTED.namespace, "--ignore-not-found", may_fail=True)
    platform.set_settings()
    kubectl("delete", "--filename", PERMISSIONS, "--ignore-not-found", may_fail=True)
    gateway.remove_kinds()


def routes():
    return {one["metadata"]["name"]: one for one in items(ROUTES, ROUTED.host)}


def urls():
    return {app["name"]: app.get("url") for app in ROUTED.status["apps"]}


def message(app):
    return next(one["message"] for one in ROUTED.status["apps"] if one["name"] == app["name"])


def answer_through(route):
    """What the Service behind a route answers. The route is in its namespace."""
    backend = route["spec"]["rules"][0]["backendRefs"][0]
    return kubectl("get", "--raw", f"/api/v1/namespaces/{ROUTED.host}/services/{backend['name']}:{backend['port']}/proxy/",
                   may_fail=True).stdout


@after(test_install.test_installed)
@needs("GATEWAY_CRDS")
def test_served():
    """An exposed app has an address once the Gateway serves its route, which leads to the Service that the vcluster syncs."""
    with repaired_by(clean_up):
        gateway.install_kinds()
        kubectl("apply", "--filename", PERMISSIONS)
        platform.set_settings(domain="apps.example.org",
                              gateway=PARENT | {"tls": "Listener", "controllerNamespace": "kube-system"})
        ROUTED.request(EXPOSED, LONG).wait_ready(240, EXPOSED["name"], LONG["name"])
        eventually("there is a route for each app", 60, lambda: len(routes()) == 2, routes)
        for name, route in routes().items():
            assert route["spec"]["hostnames"] == [f"{name}.{DOMAIN}"]
            assert PARENT.items() <= route["spec"]["parentRefs"][0].items()
            found = eventually("the Service behind it answers", 60, lambda: answer_through(route))
            assert f'"hostname": "{name}' in found, found
        stays("there is no address before the Gateway serves the routes", 5, lambda: set(urls().values()) == {None})
        short, long = (routes()[app["name"]] for app in (EXPOSED, LONG))
        gateway.answer(short, Accepted=("False", "NotAllowedByListeners"), ResolvedRefs=("True", "ResolvedRefs"))
        eventually("the refusal is in the message of the app", 120, lambda: "NotAllowedByListeners" in message(EXPOSED))
        note(message(EXPOSED))
        for route in (short, long):
            gateway.answer(route, Accepted=("True", "Accepted"), ResolvedRefs=("True", "ResolvedRefs"))
        eventually("the addresses are in status", 120, lambda: urls() == {
            app["name"]: f"https://{app['name']}.{DOMAIN}" for app in (EXPOSED, LONG)}, urls)
        note(ROUTED.status["url"])
        assert "NotAllowedByListeners" not in message(EXPOSED)
        policy = items("networkpolicies.networking.k8s.io", ROUTED.host, "--field-selector",
                       f"metadata.name=vc-work-{ROUTED.cluster}")[0]
        assert {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}]} in \
            policy["spec"]["ingress"]


@after(test_served)
@needs("GATEWAY_CRDS")
def test_no_longer_routed():
    """An app that is no longer exposed loses its route and its address, and stays ready, and the other keeps both."""
    with repaired_by(clean_up):
        ROUTED.request_apps(PODINFO, LONG)
        eventually("its route is gone", 60, lambda: set(routes()) == {LONG["name"]}, routes)
        eventually("its address is gone", 60, lambda: urls() == {
            PODINFO["name"]: None, LONG["name"]: f"https://{LONG['name']}.{DOMAIN}"} and not ROUTED.removing, urls)
        ROUTED.wait_ready(30, PODINFO["name"], LONG["name"])


@after(test_no_longer_routed)
@needs("GATEWAY_CRDS")
def test_nothing_routed():
    """The route of an Environment goes with it."""
    try:
        host = ROUTED.host
        ROUTED.delete()
        eventually("there is no route", 30, lambda: not items(ROUTES, host))
    finally:
        clean_up()

"""Knative in an Environment: Serving and Eventing, each switched on and off."""
import os
from pathlib import Path

from scenarios import names, platform, test_install
from scenarios.environment import Environment
from scenarios.expect import eventually, note, stays
from scenarios.marks import after, needs
from scenarios.virtual_cluster import VirtualCluster
from scenarios.yaml_files import document

SERVERLESS = Environment("serverless")
DOMAIN = "dev.example.org"
SERVING, EVENTING = "knative-serving", "knative-eventing"
# Knative's activator and webhooks end 45 seconds after the last request, so that no request is lost. No setting of Knative or its
# operator changes that.
DRAIN = 45


def set_settings():
    """Where the images of Knative come from, in a cluster that cannot pull them from where they are published."""
    file = os.environ.get("KNATIVE_SETTINGS")
    platform.set_settings(**({"knative": document(Path(file))} if file else {}))


def request(enabled=True, eventing=False, service=True):
    """Serving, and a Knative Service that waits for it."""
    manifest = {"apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": "hello", "namespace": "default"},
                "spec": {"template": {"spec": {
                    # A pod that does not end by itself has this long; by default it would delay the end of its namespace by 5 minutes.
                    "timeoutSeconds": 10, "containers": [{"image": os.environ.get("KNATIVE_IMAGE", "")}]}}}}
    hello = {"name": "hello", "manifest": manifest, "dependsOn": ["knative"], "readyCondition": "Ready"}
    knative = {"enabled": enabled, "serving": {"domain": DOMAIN}, "eventing": {"enabled": eventing}}
    return SERVERLESS.request(size="medium", knative=knative, manifests=[hello] if service else [])


def condition():
    return SERVERLESS.condition(names.SERVERLESS_READY)


def half(name):
    return SERVERLESS.status.get("knative", {}).get(name, {})


def namespaces(cluster):
    return {name.partition("/")[2] for name in cluster.names("namespaces", "default")}


def components():
    return [name for name in SERVERLESS.components() if "knative" in name]


@after(test_install.test_installed)
@needs("KNATIVE_IMAGE")
def test_serving():
    """Serving is installed, and then a Knative Service that waits for it becomes ready."""
    set_settings()
    request()
    eventually("Serving is ready", 600, lambda: condition()[:2] == ("True", names.AVAILABLE))
    note(f"{SERVERLESS.age:.0f} s after the request")
    assert half("serving")["ready"] and half("serving")["domain"] == DOMAIN and half("serving")["version"]
    assert not half("eventing")
    SERVERLESS.wait_ready(180)
    with VirtualCluster(SERVERLESS) as cluster:
        assert cluster.names("pods", SERVING) and EVENTING not in namespaces(cluster)


@after(test_serving)
def test_eventing_added():
    """Eventing is switched on beside Serving, which stays ready."""
    request(eventing=True)
    eventually("Eventing is ready", 600, lambda: half("eventing").get("ready"))
    assert half("serving")["ready"]
    SERVERLESS.wait_ready(60)


@after(test_eventing_added)
def test_eventing_removed():
    """Eventing is switched off: its pods and its namespace are gone, and Serving stays."""
    request()
    with VirtualCluster(SERVERLESS) as cluster:
        eventually("nothing of Eventing is left", 300, lambda: not [name for name in components() if EVENTING in name])
        eventually("its namespace is gone", 120, lambda: EVENTING not in namespaces(cluster))
    assert not half("eventing") and half("serving")["ready"]


@after(test_eventing_removed)
def test_downgrade():
    """A version before the installed one is named in the condition Accepted, and Serving stays ready."""
    SERVERLESS.request(size="medium", knative={"enabled": True, "serving": {"domain": DOMAIN}, "version": "1.20"})
    eventually("the condition names the field", 60, lambda: "spec.knative.version" in SERVERLESS.condition(names.ACCEPTED)[2])
    stays("Serving stays ready", 5, lambda: half("serving").get("ready"))


@after(test_downgrade)
def test_switched_off():
    """Knative that is switched off goes in the order of its dependencies, and the operator removes what it has created."""
    request()
    eventually("the request is accepted again", 60, lambda: SERVERLESS.condition(names.ACCEPTED)[0] == "True")
    request(enabled=False, service=False)
    with VirtualCluster(SERVERLESS) as cluster:
        eventually("nothing of Knative is left", 400, lambda: not components())
        eventually("its namespaces are gone", 120, lambda: SERVING not in namespaces(cluster))
        assert not cluster.names("deployments", "knative-operator")
    eventually("the condition says so", 60, lambda: condition()[:2] == ("True", names.NOT_REQUESTED))
    assert "knative" not in SERVERLESS.status


@after(test_switched_off)
def test_deleted():
    """An Environment with Serving and a Knative Service leaves nothing when it is deleted."""
    request()
    eventually("Serving is ready", 400, lambda: condition()[:2] == ("True", names.AVAILABLE))
    SERVERLESS.wait_ready(180).delete(drain=DRAIN)

"""Ten Environments at once. Each of them has an end of its own, see ending."""
import json
import time

from stories.charts import parts
from stories.cluster import Watched
from stories.environments import Environment, inside
from stories.examples import read
from stories.installing import function, installed
from stories.state import NAMESPACES
from stories.walk import HOME, apply, equal, eventually, holds, kubectl, note, story

HERE, B, C = NAMESPACES
SANDBOXES = "sandboxes.sandbox.example.org"
REMOVED, FALLEN, FELLED, UNSERVED = (Environment(name) for name in ("removed", "fallen", "felled", "unserved"))
TWIN, FOREGROUND, OTHER_KIND = Environment("twin", B), Environment("foreground", B), Environment("twin", B, SANDBOXES,
                                                                                    "sandbox.example.org/v1alpha1")
NAMESAKE, HELMLESS, ABANDONED = Environment("twin", C), Environment("helmless", C), Environment("abandoned", C)
ALL = [REMOVED, FALLEN, FELLED, FOREGROUND, UNSERVED, TWIN, OTHER_KIND, NAMESAKE, HELMLESS, ABANDONED]
SECONDS = 480


@story("Ten Environments at once in three namespaces, two of one name and one of another kind, are all ready", after=installed)
def together(_):
    kind()
    start = time.monotonic()
    for environment in ALL:
        if environment is OTHER_KIND:
            environment.ask({"name": "podinfo"})
        else:
            # Whose second app takes its time to go.
            environment.ask(parts(message=str(environment)), parts("second", lingers=20))
    eventually("all ten are ready", SECONDS, lambda: all(environment.ready() for environment in ALL),
               lambda: [str(environment) for environment in ALL if not environment.ready()])
    note(f"all ready after {time.monotonic() - start:.0f} s")
    equal("host namespaces", len({environment.host for environment in ALL}), 10)
    equal("kubeconfigs", len({(environment.namespace, environment.secret) for environment in ALL}), 10)
    for environment in ALL:
        with inside(environment) as cluster:
            if environment is OTHER_KIND:
                eventually("its app runs", 30, lambda: cluster.runs("podinfo"))
            else:
                equal("each has its own app", cluster.get("configmap", "parts", "parts")["data"]["message"], str(environment))
    note(f"Crossplane stopped listening to {sum(not one.responsive() for one in ALL)} of them for a while")


def kind():
    """Another kind of Environment, as a platform may make it."""
    definition = read(HOME / "examples/own-kind/definition.yaml")[0]
    composition = read(HOME / "examples/own-kind/composition.yaml")[0]
    composition["spec"]["pipeline"][0]["functionRef"]["name"] = function()
    apply(definition)
    kubectl("wait", "--for=condition=Established", f"xrd/{definition['metadata']['name']}", "--timeout=60s")
    apply(composition)
    kubectl("wait", "--for=create", f"crd/{SANDBOXES}", "--timeout=60s")
    Watched.of(SANDBOXES)
    holds("its kind is served", json.loads(kubectl("get", SANDBOXES, "--all-namespaces", "--output", "json").stdout)["items"] == [])

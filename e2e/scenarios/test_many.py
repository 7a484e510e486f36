"""Ten Environments at once. Each of them has a deletion of its own in test_deletion."""
import json
import time

from scenarios import breaker, names, test_install
from scenarios.charts import parts
from scenarios.commands import HOME, apply, kubectl
from scenarios.expect import eventually, note
from scenarios.marks import after
from scenarios.packages import function
from scenarios.shared import OTHER_KIND, TEN
from scenarios.virtual_cluster import VirtualCluster
from scenarios.watch import Watched
from scenarios.yaml_files import read


@after(test_install.test_installed)
def test_ten_ready():
    """Ten Environments at once in three namespaces, two with the same name and one of another kind, are all ready."""
    create_other_kind()
    start = time.monotonic()
    for environment in TEN:
        if environment is OTHER_KIND:
            environment.request({"name": "podinfo"})
        else:
            # The uninstallation of the second app takes a while.
            environment.request(parts(message=str(environment)), parts("second", lingers=20))
    eventually("all ten are ready", 480, lambda: all(environment.is_ready() for environment in TEN),
               lambda: f"not ready: {[str(environment) for environment in TEN if not environment.is_ready()]}")
    note(f"all ready after {time.monotonic() - start:.0f} s")
    assert len({environment.host for environment in TEN}) == 10
    assert len({(environment.namespace, environment.secret) for environment in TEN}) == 10
    for environment in TEN:
        with VirtualCluster(environment) as cluster:
            if environment is OTHER_KIND:
                eventually("its app runs", 30, lambda: cluster.ready_replicas("podinfo"))
            else:
                assert cluster.config_map("parts")["message"] == str(environment), "the app of another Environment"
    note(f"Crossplane's circuit breaker opened for {sum(not one.breaker_stayed_closed() for one in TEN)} of them")
    for environment in TEN:
        breaker.check_left(environment, f"ten Environments at once: {environment}", environment.moment)


def create_other_kind():
    """Another kind of Environment, as a platform may define it."""
    definition = read(HOME / "examples/own-kind/definition.yaml")[0]
    composition = read(HOME / "examples/own-kind/composition.yaml")[0]
    composition["spec"]["pipeline"][0]["functionRef"]["name"] = function()
    apply(definition)
    kubectl("wait", "--for=condition=Established", f"xrd/{definition['metadata']['name']}", "--timeout=60s")
    apply(composition)
    kubectl("wait", "--for=create", f"crd/{names.SANDBOXES}", "--timeout=60s")
    Watched.of(names.SANDBOXES)
    served = kubectl("get", names.SANDBOXES, "--all-namespaces", "--output", "json").stdout
    assert json.loads(served)["items"] == []

"""The way of a newcomer: from a Crossplane without packages to the first Environment, and back. Nothing is left after it."""
import os
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from scenarios import cluster, names, test_install
from scenarios.commands import HOME, items, kubectl, run
from scenarios.environment import Environment
from scenarios.expect import eventually, note
from scenarios.marks import after, needs
from scenarios.packages import installed_packages
from scenarios.virtual_cluster import VirtualCluster

FIRST = Environment("dev", "team-a")  # examples/hello
POLICIES = HOME / "package/host/host-protection.yaml"


def quickstart(*options):
    return run(HOME / "quickstart", *options).stdout


def bind_volumes():
    """As e2e/install does, once quickstart has applied the file with the policies, of which this is the last object."""
    last = kubectl("create", "--filename", POLICIES, "--dry-run=client", "--output", "name").stdout.split()[-1]
    eventually("there are policies", 600, lambda: not kubectl("get", last, may_fail=True).returncode)
    run(HOME / "e2e/bind-volumes")


def install():
    options = ["--charts", os.environ["CHARTS"]] if os.environ.get("CHARTS") else []
    return quickstart("--current", "--yes", "--repository", f"{os.environ['REGISTRY']}/quickstart", "--providers",
                      os.environ["PROVIDERS"], *options)


@after(test_install.test_installed)
@needs("crossplane", "helm", "REGISTRY", "PROVIDERS")
@pytest.mark.timeout(1200)
def test_first_environment(keep_function):
    """package/uninstall leaves no package, and quickstart then leads to a pod in an Environment, also when run again."""
    if keep_function:
        pytest.skip("--keep-function keeps the packages")
    cluster.clean()  # of all that other scenarios have left
    run(HOME / "package/uninstall")
    assert installed_packages() == []
    kubectl("delete", "namespace", FIRST.namespace, "--ignore-not-found", "--timeout=60s")
    with ThreadPoolExecutor() as side:
        binding = side.submit(bind_volumes)
        answer = install()
        binding.result()
    note("; ".join(re.findall(r"^    (Ready: .*)$", answer, re.MULTILINE)))
    # The watches of this run have lost the kinds, and look for them again after half a minute at most.
    eventually("the watches have seen it", 60, FIRST.is_ready)
    with VirtualCluster(FIRST) as inside:
        eventually("the app's pod runs inside", 60, lambda: inside.ready_replicas("podinfo"))
    assert FIRST.status["connect"] in answer, answer
    before = generations()
    assert FIRST.status["connect"] in install()
    assert generations() == before


def generations():
    """Of what the Environment is composed of: who changes what is requested, changes them."""
    return {(one["kind"], one["metadata"]["name"]): one["metadata"]["generation"]
            for kind in names.COMPOSED_KINDS for one in items(kind, FIRST.namespace)}


@after(test_first_environment)
def test_undone():
    """quickstart --undo deletes what quickstart has created, and nothing else."""
    answer = quickstart("--undo", "--yes")
    assert installed_packages() == [], answer
    assert not items("namespaces", None, "--field-selector", f"metadata.name={FIRST.namespace}")
    hosts = [one["metadata"]["name"] for one in items("namespaces", None)]
    assert not [host for host in hosts if host.startswith(f"{names.HOST_PREFIX}{FIRST.namespace}")], hosts
    assert kubectl("get", "deployment", "crossplane", "--namespace", "crossplane-system").stdout, "Crossplane was there before"

"""The examples, tested with the API server and with the programs that people use."""
import json
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from scenarios import names, test_install
from scenarios.commands import HOME, TEAM, get, kubectl, run
from scenarios.expect import note
from scenarios.marks import after, needs
from scenarios.yaml_files import document, documents, read

CLOCK = "2026-01-01T00:01:40Z"  # the time of the answers beside the examples


@after(test_install.test_installed)
def test_rejected():
    """The API server rejects each of examples/rejected at the path that the file names."""
    for path in sorted((HOME / "examples/rejected").glob("*.yaml")):
        where = path.read_text().splitlines()[0].removeprefix("# rejected at: ").strip()
        answer = kubectl("apply", "--dry-run=server", "--validate=strict", "-f", path, may_fail=True)
        named = re.search(rf'(^|[\s"]){re.escape(where)}(:|")', answer.stderr, re.MULTILINE)
        assert answer.returncode and named, f"{path.name} is not rejected at {where}: {answer.stdout}{answer.stderr}"


@after(test_install.test_installed)
def test_accepted():
    """The API server accepts the other examples."""
    for path in sorted((HOME / "examples").glob("*/environment.yaml")):
        if (path.parent / "definition.yaml").exists():
            continue
        kubectl("apply", "--dry-run=server", "--validate=strict", "--namespace", TEAM, "-f", "-",
                given=re.sub(r"(?m)^(  namespace: ).*$", rf"\1{TEAM}", path.read_text()))


@after(test_install.test_installed)
@needs("CATALOG_MANIFESTS")
def test_form():
    """The API server accepts what the form of the catalog writes."""
    accepted = 0
    for path in sorted(Path(os.environ["CATALOG_MANIFESTS"]).glob("*.yaml")):
        if f"apiVersion: {names.ENVIRONMENT_API}\n" in path.read_text():
            kubectl("apply", "--dry-run=server", "--validate=strict", "--namespace", TEAM, "-f", "-",
                    given=re.sub(r"(?m)^(  namespace: ).*$", rf"\1{TEAM}", path.read_text()))
            accepted += 1
    assert accepted >= len(list((HOME / "examples").glob("*/environment.yaml"))) - 1, "the form wrote fewer than there are examples"
    note(f"{accepted} manifests")


@needs("crossplane", "crossplane-core")
def test_rendered(function_port, tmp_path):
    """Each example renders with the Crossplane CLI as in its `response.yaml`."""
    functions = tmp_path / "functions.yaml"
    functions.write_text((HOME / "examples/functions.yaml").read_text().replace("localhost:9443", f"localhost:{function_port}"))
    for path in sorted((HOME / "examples").glob("**/environment.yaml")):
        render(path.parent, functions)


@needs("helm", "VCLUSTER_CHART")
def test_vcluster_values():
    """The chart of vcluster accepts the values of the cluster."""
    for path in sorted((HOME / "examples").glob("**/response.yaml")):
        cluster = document(path)["resources"].get(names.CLUSTER, {}).get("resource", {})
        if cluster.get("kind") == "Release":  # A cluster at a cloud has no chart.
            values = cluster["spec"]["forProvider"]["values"]
            run("helm", "template", "x", os.environ["VCLUSTER_CHART"], "--kube-version", "1.36.1", "--values", "-",
                given=json.dumps(values))


@after(test_install.test_installed)
@needs("crossplane", "PROVIDERS")
def test_validated(tmp_path):
    """`crossplane resource validate` accepts all examples with the packages, and rejects wrong ones."""
    validate = validator(tmp_path)
    good = [one for path in sorted((HOME / "examples").glob("**/environment.yaml"))
            if not (path.parent / "definition.yaml").exists()
            for one in read(path)[:1] + composed(document(path.parent / "response.yaml"))]
    good += [one for path in sorted((HOME / "examples").glob("*/settings.yaml")) for one in read(path)]
    # No package has a schema of Kubernetes' own kinds, and the packages of clouds are not in the registry.
    good = [one for one in good if one["kind"] != "ConfigMap" and (".upbound.io/" not in one["apiVersion"] or cloud_crds())]
    assert validate(good).endswith(f" {len(good)} success cases, 0 failure cases")
    release = json.loads(json.dumps(next(one for one in good if one["kind"] == "Release")))
    release["spec"]["forProvider"]["chart"]["versoin"] = "1"
    assert "1 failure cases" in validate([release]), "a misspelt field of a Release is accepted"
    for path in sorted((HOME / "examples/rejected").glob("*.yaml")):
        if not path.stem.endswith("-twice"):  # the CLI does not know of lists whose items have keys
            assert "1 failure cases" in validate(read(path)), f"{path.name} is accepted"


@pytest.fixture
def function_port():
    """The function on this machine, at a port of its own and at a fixed time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run(HOME / "environment", "--help")  # builds it if necessary
    process = subprocess.Popen([str(HOME / "environment"), "serve", "--insecure", "--address", f"127.0.0.1:{port}",
                                "--clock", CLOCK], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("the function does not start on this machine")
        yield port
    finally:
        process.terminate()
        process.wait()


def render(folder, functions):
    """Makes one call with the CLI in the place of Crossplane, and compares the result with the answer."""
    composition = folder / "composition.yaml"
    requested = read(folder / "environment.yaml")
    observed = read(folder / "observed.yaml")
    # The CLI takes observed resources only if the Environment owns them, and connection details from separate Secrets.
    requested[0]["metadata"] |= {"uid": owner["uid"] for one in observed for owner in one["metadata"].get(
        "ownerReferences", [])}
    secrets = [one for one in observed if one["kind"] == "Secret"]
    given = {"requested": requested[:1], "observed": [one for one in observed if one not in secrets],
             "required": read(folder / "settings.yaml") + read(folder / "required.yaml") + secrets}
    for name, things in given.items():
        functions.with_name(f"{name}.yaml").write_text("".join(f"---\n{json.dumps(one)}\n" for one in things))
    command = ["crossplane", "composition", "render", functions.with_name("requested.yaml"),
               composition if composition.exists() else HOME / "package/configuration/composition.yaml", functions,
               f"--crossplane-binary={shutil.which('crossplane-core')}"]
    for flag, name in (("-e", "required"), ("-o", "observed")):
        command += [flag, functions.with_name(f"{name}.yaml")] if given[name] else []
    answer = document(folder / "response.yaml")
    rendered = documents(run(*command).stdout)
    resources = {one["metadata"]["annotations"][names.COMPOSITION_RESOURCE_NAME]: one for one in rendered[1:]}
    assert sorted(resources) == sorted(answer["resources"]), f"what {folder.name} composes"
    for name, one in resources.items():
        wanted = answer["resources"][name]["resource"]
        for field in ("apiVersion", "kind", "spec"):
            assert one.get(field) == wanted.get(field), f"{folder.name}: {field} of {name}"
        for field in ("labels", "annotations"):  # Crossplane adds its own
            ours = wanted["metadata"].get(field, {})
            assert {key: one["metadata"].get(field, {}).get(key) for key in ours} == ours, f"{folder.name}: {field} of {name}"
    status = {field: value for field, value in rendered[0]["status"].items() if field != "conditions"}
    assert status == answer["composite"]["resource"]["status"], f"status of {folder.name}"


def validator(work):
    """The CLI with the packages of the registry. What belongs to Crossplane itself it would pull from the internet."""
    cache, contrib = work / "cache", work / "cache/xpkg.crossplane.io/crossplane-contrib"
    own = cache / "xpkg.crossplane.io/crossplane/crossplane@stable"
    own.mkdir(parents=True)
    (own / "package.yaml").write_text("\n---\n".join(kubectl("get", "crd", name, "--output", "json").stdout for name in (
        "usages.protection.crossplane.io", "environmentconfigs.apiextensions.crossplane.io")))
    providers = [get("providers.pkg.crossplane.io", f"crossplane-contrib-{name}") for name in names.PROVIDERS]
    pulled = [one["status"]["resolvedPackage"] for one in providers]
    file = work / "validated.yaml"

    def validate(packages, things):
        work.joinpath("packages.yaml").write_text("\n---\n".join([*(json.dumps(one) for one in packages), *cloud_crds()]))
        file.write_text("\n---\n".join(json.dumps(one) for one in things))
        answer = run("crossplane", "resource", "validate", work / "packages.yaml", file, "--cache-dir", cache,
                     "--error-on-missing-schemas", "--skip-success-results", may_fail=True)
        lines = answer.stdout.strip().splitlines()
        return "\n".join(lines[-12:]) or answer.stderr

    validate([{"apiVersion": "pkg.crossplane.io/v1", "kind": "Provider", "metadata": {"name": "pulled"},
               "spec": {"package": package}} for package in pulled], [])
    for package in pulled:
        folder = package.replace(":", "@")
        contrib.mkdir(exist_ok=True)
        (cache / folder).rename(contrib / folder.rsplit("/", 1)[1])
    configuration = get("configuration", "configuration-environment")["spec"]["package"]
    return lambda things: validate([{"apiVersion": "pkg.crossplane.io/v1", "kind": "Configuration",
                                     "metadata": {"name": "ours"}, "spec": {"package": configuration}}], things)


def cloud_crds():
    """The kinds of clouds, as texts; none if CLOUD_CRDS is not set."""
    return [path.read_text() for path in sorted(Path(os.environ.get("CLOUD_CRDS", "/nonexistent")).glob("*.upbound.io_*.yaml"))]


def composed(answer):
    """What an answer composes, with names as Crossplane would give them."""
    things = [resource["resource"] for resource in answer["resources"].values()]
    for number, thing in enumerate(things):
        thing["metadata"] |= {"name": f"composed-{number}", "namespace": TEAM}
    return things

"""What is shown to people as an example, held against the API server and the programs that people use."""
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from stories.installing import PROVIDERS, installed
from stories.walk import HOME, TEAM, equal, fail, get, holds, kubectl, run, story

CLOCK = "2026-01-01T00:01:40Z"  # when the answers beside the examples were given


@story("The API server refuses each of examples/rejected at the path it names", after=installed)
def refused(lab):
    for path in sorted((HOME / "examples/rejected").glob("*.yaml")):
        where = path.read_text().splitlines()[0].removeprefix("# rejected at: ").strip()
        answer = kubectl("apply", "--dry-run=server", "--validate=strict", "-f", path, may_fail=True)
        named = re.search(rf'(^|[\s"]){re.escape(where)}(:|")', answer.stderr, re.MULTILINE)
        if answer.returncode == 0 or not named:
            fail(f"{path.name} is not refused at {where}: {answer.stdout}{answer.stderr}")


@story("Good examples are accepted by the API server", after=installed)
def accepted(lab):
    for path in sorted((HOME / "examples").glob("*/environment.yaml")):
        if (path.parent / "definition.yaml").exists():
            continue
        kubectl("apply", "--dry-run=server", "--validate=strict", "--namespace", TEAM, "-f", "-",
                given=re.sub(r"(?m)^(  namespace: ).*$", rf"\1{TEAM}", path.read_text()))


@story("Each example renders with the crossplane CLI as its answer says", needs=["crossplane", "crossplane-core"])
def rendered(lab):
    with server() as port, tempfile.TemporaryDirectory() as work:
        functions = Path(work) / "functions.yaml"
        functions.write_text((HOME / "examples/functions.yaml").read_text().replace("localhost:9443",
                                                                                    f"localhost:{port}"))
        for path in sorted((HOME / "examples").glob("**/environment.yaml")):
            render(path.parent, functions)


@story("The values of a vcluster are what its chart allows", needs=["helm", "VCLUSTER_CHART"])
def schema(lab):
    for path in sorted((HOME / "examples").glob("**/answer.yaml")):
        cluster = document(path)["resources"].get("cluster")
        if cluster:
            values = cluster["resource"]["spec"]["forProvider"]["values"]
            run("helm", "template", "x", os.environ["VCLUSTER_CHART"], "--kube-version", "1.36.1", "--values", "-",
                given=json.dumps(values))


@story("crossplane resource validate accepts all examples against the packages, and refuses what is wrong", after=installed,
       needs=["crossplane", "PROVIDERS"])
def validated(lab):
    with tempfile.TemporaryDirectory() as work:
        validate = validator(Path(work))
        good = [one for path in sorted((HOME / "examples").glob("**/environment.yaml"))
                if not (path.parent / "definition.yaml").exists()
                for one in read(path)[:1] + composed(document(path.parent / "answer.yaml"))]
        good += [one for path in sorted((HOME / "examples").glob("*/settings.yaml")) for one in read(path)]
        said = validate(good)
        holds(f"all {len(good)} are accepted: {said}", said.endswith(f" {len(good)} success cases, 0 failure cases"))
        wrong = json.loads(json.dumps(good))
        release = next(one for one in wrong if one["kind"] == "Release")
        release["spec"]["forProvider"]["chart"]["versoin"] = "1"
        holds("a misspelt field of a Release is refused", "1 failure cases" in validate([release]))
        for path in sorted((HOME / "examples/rejected").glob("*.yaml")):
            if not path.stem.endswith("-twice"):  # it does not know of lists whose items have keys
                holds(f"{path.name} is refused", "1 failure cases" in validate(read(path)))


class server:
    """The function on this machine, at a port of its own, at a fixed time."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        run(HOME / "environment", "--help")  # builds, where that is due
        self.process = subprocess.Popen([str(HOME / "environment"), "serve", "--insecure", "--address",
                                         f"127.0.0.1:{port}", "--clock", CLOCK],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.1)
        self.process.terminate()
        return fail("the function does not start on this machine")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def render(folder, functions):
    """Lets the CLI play Crossplane for one call, and compares what comes of it with the answer."""
    composition = folder / "composition.yaml"
    asked = read(folder / "environment.yaml")
    observed = read(folder / "observed.yaml")
    # The CLI takes what is observed only if it belongs to the Environment, and connection details from Secrets beside.
    asked[0]["metadata"] |= {"uid": owner["uid"] for one in observed for owner in one["metadata"].get(
        "ownerReferences", [])}
    secrets = [one for one in observed if one["kind"] == "Secret"]
    given = {"asked": asked[:1], "observed": [one for one in observed if one not in secrets],
             "required": read(folder / "settings.yaml") + secrets}
    for name, things in given.items():
        functions.with_name(f"{name}.yaml").write_text("".join(f"---\n{json.dumps(one)}\n" for one in things))
    command = ["crossplane", "composition", "render", functions.with_name("asked.yaml"),
               composition if composition.exists() else HOME / "package/configuration/composition.yaml", functions,
               f"--crossplane-binary={shutil.which('crossplane-core')}"]
    for flag, name in (("-e", "required"), ("-o", "observed")):
        command += [flag, functions.with_name(f"{name}.yaml")] if given[name] else []
    answer = document(folder / "answer.yaml")
    seen = documents(run(*command).stdout)
    made = {one["metadata"]["annotations"]["crossplane.io/composition-resource-name"]: one for one in seen[1:]}
    equal(f"what {folder.name} composes", sorted(made), sorted(answer["resources"]))
    for name, one in made.items():
        wanted = answer["resources"][name]["resource"]
        equal(f"{folder.name}: {name}", {key: one.get(key) for key in ("apiVersion", "kind", "spec")},
              {key: wanted.get(key) for key in ("apiVersion", "kind", "spec")})
        for key in ("labels", "annotations"):  # Crossplane adds its own
            ours = wanted["metadata"].get(key, {})
            equal(f"{folder.name}: {key} of {name}", {word: one["metadata"].get(key, {}).get(word) for word in ours}, ours)
    status = {key: value for key, value in seen[0]["status"].items() if key != "conditions"}
    equal(f"{folder.name}: the status", status, answer["composite"]["resource"]["status"])


def validator(work):
    """The CLI with the packages as the registry has them. It would pull what is Crossplane's own from the internet."""
    cache, contrib = work / "cache", work / "cache/xpkg.crossplane.io/crossplane-contrib"
    own = cache / "xpkg.crossplane.io/crossplane/crossplane@stable"
    own.mkdir(parents=True)
    (own / "package.yaml").write_text("\n---\n".join(kubectl("get", "crd", name, "--output", "json").stdout for name in (
        "usages.protection.crossplane.io", "environmentconfigs.apiextensions.crossplane.io")))
    providers = [get("providers.pkg.crossplane.io", f"crossplane-contrib-{name}") for name in PROVIDERS]
    pulled = [one["status"]["resolvedPackage"] for one in providers]
    asked = work / "asked.yaml"

    def validate(packages, things):
        work.joinpath("packages.yaml").write_text("\n---\n".join(json.dumps(one) for one in packages))
        asked.write_text("\n---\n".join(json.dumps(one) for one in things))
        answer = run("crossplane", "resource", "validate", work / "packages.yaml", asked, "--cache-dir", cache,
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


def composed(answer):
    """What an answer composes, with the names that Crossplane would give."""
    things = [resource["resource"] for resource in answer["resources"].values()]
    for number, thing in enumerate(things):
        thing["metadata"] |= {"name": f"composed-{number}", "namespace": TEAM}
    return things


def read(path):
    return documents(path.read_text()) if path.exists() else []


def documents(yaml):
    """YAML as values, by the one program at hand that reads it; it wants a cluster for nothing here."""
    answer = kubectl("label", "--local", "--filename", "-", "--output", "json", "read-by=e2e", given=yaml).stdout
    found, decoder, at = [], json.JSONDecoder(), 0
    while answer[at:].strip():
        one, end = decoder.raw_decode(answer[at:].lstrip())
        at = len(answer) - len(answer[at:].lstrip()) + end
        found += one["items"] if one.get("kind") == "List" else [one]
    return found


def document(path):
    """An answer, which is YAML without a kind; it is wrapped into one that has."""
    lines = "".join(f"  {line}\n" for line in path.read_text().splitlines() if not line.startswith("#"))
    return documents(f"apiVersion: v1\nkind: Answer\nmetadata:\n  name: answer\nspec:\n{lines}")[0]["spec"]

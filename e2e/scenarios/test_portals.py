"""What the accounts of portals, and of people who only look, can read with the ClusterRoles for them, asked as one of them."""
import html
import json
import re
from contextlib import contextmanager

from scenarios import names, test_install
from scenarios.commands import HOME, kubectl, run
from scenarios.environment import PODINFO, Environment
from scenarios.marks import after
from scenarios.shared import B
from scenarios.team import Member

CONFIGS = "environmentconfigs.apiextensions.crossplane.io"
DEFINITIONS = "compositeresourcedefinitions.apiextensions.crossplane.io"
COMPOSITIONS = "compositions.apiextensions.crossplane.io"
CUSTOM_RESOURCES = "customresourcedefinitions.apiextensions.k8s.io"
CONTENT = ("secrets", "configmaps", "pods", "namespaces", *names.COMPOSED_KINDS)


@contextmanager
def somebody_with(role):
    """Somebody with a ClusterRole of package/team in the whole cluster, and with nothing else."""
    file, member = HOME / f"package/team/{role}.yaml", Member(f"with-{role}")
    kubectl("apply", "--filename", file)
    try:
        kubectl("create", "clusterrolebinding", member.group, f"--clusterrole=environment-{role}", f"--group={member.group}")
        yield member
    finally:
        kubectl("delete", "clusterrolebinding", member.group, "--ignore-not-found")
        kubectl("delete", "--filename", file, "--ignore-not-found")


def explain_to(member):
    """Every authenticated user may do this: it is no right of a ClusterRole in package/team."""
    for words, expected in ((("api-resources", "--categories=platform", "--output=name"), names.ENVIRONMENTS),
                            (("explain", "environments.spec.size"), "The name of a size in the platform's Settings.")):
        shown = kubectl(*words, *member.flags).stdout
        assert expected in shown, f"{words}: {shown}"


def assert_changes_nothing(member):
    member.assert_cannot("create", given=Environment("theirs").body(PODINFO))
    for verb in ("create", "update", "patch", "delete"):
        for kind in (names.ENVIRONMENTS, DEFINITIONS, COMPOSITIONS, CONFIGS):
            answer = kubectl("auth", "can-i", verb, kind, "--all-namespaces", *member.flags, may_fail=True).stdout.strip()
            assert answer == "no", f"{member.name} can {verb} {kind}"


@after(test_install.test_installed)
def test_discovery():
    """The discovery role reads the types and the Settings, kubectl explains them, and Environments and Secrets stay closed."""
    with somebody_with("discovery") as member:
        explain_to(member)
        member.assert_can("get", DEFINITIONS, names.ENVIRONMENTS)
        # Allowed, whether or not this run has Settings now.
        member.assert_can("get", CONFIGS, names.SETTINGS, "--ignore-not-found")
        for kind in (CONFIGS, names.ENVIRONMENTS, COMPOSITIONS, CUSTOM_RESOURCES, *CONTENT):
            member.assert_cannot("get", kind)
        assert_changes_nothing(member)


def example_of_page(definitions, folder):
    """The manifest of an example on the catalog page of Environments, which is written from what somebody may read."""
    run(HOME / "environment", "catalog", "-", "--example", HOME / "examples/hello", "--out", folder, given=definitions)
    text = (folder / f"{names.ENVIRONMENTS}.html").read_text()
    manifest = html.unescape(re.search(r'aria-label="Manifest of [^"]*"><code>(.*?)</code>', text, re.DOTALL)[1])
    return json.loads(kubectl("create", "--filename", "-", "--dry-run=client", "--output", "json", given=manifest).stdout)


@after(test_discovery)
def test_requested(tmp_path):
    """Who may only discover gets a manifest from the catalog page, and it becomes an Environment when a pipeline applies it."""
    pipeline = Member("pipeline").bind("environment-edit")
    requested = Environment("requested", member=pipeline)
    with somebody_with("discovery") as member:
        manifest = example_of_page(kubectl("get", DEFINITIONS, "--output", "yaml", *member.flags).stdout, tmp_path / "catalog")
        member.assert_cannot("get", "secrets")
        manifest["metadata"] |= {"name": requested.name, "namespace": requested.namespace}
        member.assert_cannot("create", given=manifest)
    assert manifest == requested.body(PODINFO)
    # As after the pull request of the page: an account with environment-edit in the namespace of the team applies what is merged.
    requested.request(PODINFO).wait_ready(120, "podinfo")
    pipeline.assert_cannot("get", "secrets")
    requested.delete()


@after(test_install.test_installed)
def test_portal():
    """The portal role reads types and Environments of all teams, and nothing that these are composed of; it changes nothing."""
    with somebody_with("portal") as member:
        explain_to(member)
        for kind in (DEFINITIONS, COMPOSITIONS, CUSTOM_RESOURCES):
            member.assert_can("get", kind)
        for namespace in (Environment("any").namespace, B):
            member.assert_can("get", names.ENVIRONMENTS, namespace=namespace)
        for kind in (CONFIGS, *CONTENT):
            member.assert_cannot("get", kind)
        assert_changes_nothing(member)

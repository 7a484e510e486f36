"""What the members of a team can do, asked as one of them."""
import re

from scenarios import names, test_first_environment
from scenarios.commands import HOME, TEAM, kubectl
from scenarios.environment import PODINFO, Environment
from scenarios.marks import after
from scenarios.shared import B, DEV
from scenarios.team import Member


@after(test_first_environment.test_ready)
def test_member():
    """A team's member can manage Environments and read one kubeconfig, and nothing that Environments are composed of."""
    member = Member("member").bind("environment-edit")
    member.assert_can("get", "environments", "dev")
    member.assert_can("create", given=Environment("theirs").body(PODINFO))
    member.assert_can("patch", "environment", "dev", "--type=merge", "--patch", '{"metadata": {"labels": {"by": "member"}}}')
    member.assert_can("get", "events")
    for kind in (*names.COMPOSED_KINDS, "secrets", "pods", "roles"):
        member.assert_cannot("get", kind)
    member.assert_cannot("patch", "environment", "dev", "--subresource=status", "--type=merge", "--patch", '{"status": {}}')
    member.assert_cannot("get", "environments", namespace=B)
    member.assert_cannot("get", "environmentconfigs.apiextensions.crossplane.io")

    kubectl("create", "secret", "generic", "another", "--namespace", TEAM)
    member.assert_cannot("get", "secret", DEV.secret)
    grant_kubeconfig(member)
    member.assert_can("get", "secret", DEV.secret)
    member.assert_cannot("get", "secret", "another")
    member.assert_cannot("get", "secrets")


def grant_kubeconfig(member):
    """As package/team/kubeconfig.yaml says, with the names of this run."""
    text = (HOME / "package/team/kubeconfig.yaml").read_text()
    for pattern, ours in ((r"namespace: team-a\b", f"namespace: {TEAM}"), (r"\bname: team-a\b", f"name: {member.group}"),
                          (r"resourceNames: \[.*\]", f"resourceNames: [{DEV.secret}]")):
        text, count = re.subn(pattern, ours, text)
        assert count, f"package/team/kubeconfig.yaml has no {pattern}"
    kubectl("apply", "--filename", "-", given=text)


@after(test_first_environment.test_ready)
def test_roles():
    """The view role can read Environments, the edit role can also delete them, and an unrelated user can do neither."""
    people = {name: Member(name).bind(role) for name, role in (
        ("looker", "environment-view"), ("viewer", "view"), ("editor", "edit"))}
    for person in people.values():
        person.assert_can("get", "environments", "dev")
        person.assert_cannot("get", names.RELEASES)
    assert not people["looker"].can_delete(DEV)
    assert not people["viewer"].can_delete(DEV)
    assert people["editor"].can_delete(DEV)
    Member("stranger").assert_cannot("get", "environments", "dev")


@after(test_first_environment.test_ready)
def test_kubeconfig_protected():
    """The edit role can write Secrets of its own, but not the kubeconfig of an Environment."""
    meddler = Member("meddler").bind("edit")
    meddler.assert_cannot("patch", "secret", DEV.secret, "--type=merge", "--patch", '{"stringData": {"kubeconfig": "forged"}}')
    meddler.assert_cannot("create", "secret", "generic", DEV.secret.replace(f"{DEV.name}-", "later-", 1))
    meddler.assert_can("create", "secret", "generic", "own")
    meddler.assert_can("create", given={"apiVersion": "v1", "kind": "Secret", "metadata": {"generateName": "own-"}})

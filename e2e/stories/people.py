"""What a team may do, told by acting as one of its members."""
import json

from stories.beginning import DEV, ready
from stories.environments import PODINFO, Environment
from stories.walk import HOME, TEAM, fail, holds, kubectl, story

OTHER = f"{TEAM}-b"


@story("A team's member has Environments and one kubeconfig, and nothing of what they are made of", after=ready)
def member(lab):
    bind("environment-edit", "member")
    as_member = acting("member")
    as_member.may("get", "environments", "dev")
    as_member.may("create", given=Environment("theirs").body(PODINFO))
    as_member.may("patch", "environment", "dev", "--type=merge", "--patch", '{"metadata": {"labels": {"by": "member"}}}')
    as_member.may("get", "events")
    for kind in ("releases.helm.m.crossplane.io", "objects.kubernetes.m.crossplane.io",
                 "providerconfigs.helm.m.crossplane.io", "usages.protection.crossplane.io", "secrets", "pods", "roles"):
        as_member.may_not("get", kind)
    as_member.may_not("patch", "environment", "dev", "--subresource=status", "--type=merge", "--patch", '{"status": {}}')
    as_member.may_not("get", "environments", namespace=OTHER)
    as_member.may_not("get", "environmentconfigs.apiextensions.crossplane.io")

    secret = DEV.secret
    kubectl("create", "secret", "generic", "another", "--namespace", TEAM)
    as_member.may_not("get", "secret", secret)
    kubectl("apply", "--filename", "-", given=(HOME / "package/team/kubeconfig.yaml").read_text().replace(
        "namespace: team-a", f"namespace: {TEAM}").replace("[dev-4bc172e5-kubeconfig]", f"[{secret}]").replace(
        "name: team-a", f"name: {group('member')}"))
    as_member.may("get", "secret", secret)
    as_member.may_not("get", "secret", "another")
    as_member.may_not("get", "secrets")


@story("Whoever may view sees Environments, and whoever may edit in the namespace may have them", after=ready)
def roles(lab):
    for role, name in (("environment-view", "looker"), ("view", "viewer"), ("edit", "editor")):
        bind(role, name)
        acting(name).may("get", "environments", "dev")
        acting(name).may_not("get", "releases.helm.m.crossplane.io")
    for name in ("looker", "viewer"):
        holds(f"{name} may not delete it", not acting(name).could("delete"))
    holds("an editor may delete it", acting("editor").could("delete"))
    acting("stranger").may_not("get", "environments", "dev")


@story("Whoever may edit in the namespace cannot put a kubeconfig of his own in an Environment's place", after=ready)
def meddler(lab):
    bind("edit", "meddler")
    as_meddler = acting("meddler")
    secret = DEV.secret
    as_meddler.may_not("patch", "secret", secret, "--type=merge", "--patch", '{"stringData": {"kubeconfig": "of his own"}}')
    as_meddler.may_not("create", "secret", "generic", "later-0123abcd-kubeconfig")
    as_meddler.may("create", "secret", "generic", "of-his-own")
    as_meddler.may("create", given={"apiVersion": "v1", "kind": "Secret", "metadata": {"generateName": "of-his-own-"}})


def group(name):
    return f"{TEAM}-{name}"


def bind(role, name):
    kubectl("create", "rolebinding", name, "--namespace", TEAM, f"--clusterrole={role}", f"--group={group(name)}")


class acting:
    """Somebody, asking the API server. Nothing that is asked for is done: it is a dry run where it would change something."""

    def __init__(self, name):
        self.flags = ["--as", name, "--as-group", group(name), "--as-group", "system:authenticated"]
        self.name = name

    def ask(self, verb, *words, namespace=TEAM, given=None):
        dry = [] if verb == "get" else ["--dry-run=server"]
        file = ["--filename", "-"] if given else []
        return kubectl(verb, *words, *file, *dry, "--namespace", namespace, *self.flags, may_fail=True,
                       given=json.dumps(given) if given else None)

    def can(self, *words, **how):
        answer = self.ask(*words, **how)
        if answer.returncode and "forbidden" not in answer.stderr.lower():
            fail(f"{self.name} could not ask {' '.join(words)}: {answer.stderr}")
        return not answer.returncode

    def could(self, verb):
        """Whether he could do it to the Environment. Crossplane takes the dry run of a deletion for an attempt, so it is asked."""
        return kubectl("auth", "can-i", verb, f"{DEV.kind}/{DEV.name}", "--namespace", TEAM, *self.flags,
                       may_fail=True).stdout.strip() == "yes"

    def may(self, *words, **how):
        holds(f"{self.name} may {' '.join(words)}", self.can(*words, **how))

    def may_not(self, *words, **how):
        holds(f"{self.name} may not {' '.join(words)}", not self.can(*words, **how))

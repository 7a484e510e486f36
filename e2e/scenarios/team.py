"""Members of a team, who act with the rights that package/team gives them."""
import json

from scenarios.commands import TEAM, kubectl


class Member:
    """Somebody in a group of their own. The administrator of the cluster acts for them by impersonation."""

    def __init__(self, name):
        self.name, self.group = name, group(name)
        self.flags = ["--as", name, "--as-group", self.group, "--as-group", "system:authenticated"]

    def bind(self, role, namespace=TEAM):
        """Gives them the rights of a ClusterRole in a namespace, and no others."""
        kubectl("create", "rolebinding", self.name, "--namespace", namespace, f"--clusterrole={role}", f"--group={self.group}")
        return self

    def try_out(self, verb, *words, namespace=TEAM, given=None):
        """Asks the API server. What would change something is a dry run."""
        dry_run = [] if verb == "get" else ["--dry-run=server"]
        file = ["--filename", "-"] if given else []
        return kubectl(verb, *words, *file, *dry_run, "--namespace", namespace, *self.flags, may_fail=True,
                       given=json.dumps(given) if given else None)

    def can(self, *words, **options):
        answer = self.try_out(*words, **options)
        assert not answer.returncode or "forbidden" in answer.stderr.lower(), (
            f"{self.name} could not ask {' '.join(words)}: {answer.stderr}")
        return not answer.returncode

    def can_delete(self, environment):
        """Crossplane treats the dry run of a deletion like an attempt, so this only asks."""
        return kubectl("auth", "can-i", "delete", f"{environment.kind}/{environment.name}", "--namespace", environment.namespace,
                       *self.flags, may_fail=True).stdout.strip() == "yes"

    def assert_can(self, *words, **options):
        assert self.can(*words, **options), f"{self.name} cannot {' '.join(words)}"

    def assert_cannot(self, *words, **options):
        assert not self.can(*words, **options), f"{self.name} can {' '.join(words)}"


def group(name):
    return f"{TEAM}-{name}"

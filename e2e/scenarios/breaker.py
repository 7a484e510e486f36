"""
What an Environment costs of Crossplane's watch circuit breaker: a bucket of 100 tokens, which gets back one a second. An update of
the Environment or of a composed resource costs two, a creation one, and a deletion none.
"""
from scenarios import names, run_state
from scenarios.expect import note, within
from scenarios.watch import Watched

CAPACITY, REFILL = 100, 1
RESERVE = 10  # tokens that have to be left
PER_CLUSTER, PER_APP = 50, 12  # tokens while an Environment comes up


class Bucket:
    """The tokens of an Environment since it was created last."""

    def __init__(self, environment):
        changes = environment.changes(0)
        created = [change.time for change in changes if change.event == "ADDED"][-1]
        for kind in names.COMPOSED_KINDS:
            changes += environment.component_changes(kind, created)
        self.costs = sorted((change.time, cost(change)) for change in changes if change.time >= created)

    def spent(self, since=0, until=float("inf")):
        return sum(tokens for moment, tokens in self.costs if since <= moment < until)

    def lowest(self, since=0):
        """The fewest tokens that were left since then."""
        left, last, lowest = CAPACITY, self.costs[0][0], CAPACITY
        for moment, tokens in self.costs:
            left = min(CAPACITY, left + (moment - last) * REFILL) - tokens
            last = moment
            if moment >= since:
                lowest = min(lowest, left)
        return lowest


def cost(change):
    if change.event == "DELETED" or change.thing["metadata"].get("deletionTimestamp"):
        return 0
    return 2 if change.event == "MODIFIED" else 1


def check_left(environment, phase, since=0, budget=None, until=float("inf")):
    """Records what a phase in the life of an Environment costs, and that enough tokens are left."""
    bucket = Bucket(environment)
    spent, lowest = bucket.spent(since, until), bucket.lowest(since)
    record(phase, spent, budget, lowest)
    note(f"{spent} tokens, at least {lowest:.0f} left")
    assert environment.breaker_stayed_closed()
    assert lowest >= RESERVE, f"{lowest:.0f} tokens were left of {CAPACITY}"
    assert budget is None or spent <= budget, f"{spent} tokens, more than {budget}"


def check_coming_up(environment, phase):
    """The same for an Environment that has come up from nothing with its apps."""
    apps = len(environment.apps())
    first = Watched.of(names.RELEASES).first(environment.moment, lambda one: is_app(environment, one))
    check_left(environment, f"{phase}: the cluster", environment.moment, PER_CLUSTER, first)
    check_left(environment, f"{phase}: {apps} app{'s' if apps > 1 else ''}", first, PER_APP * apps)


def check_installed(environment, apps, first_within, all_within):
    """The apps are installed soon after the kubeconfig of the vcluster is there."""
    kubeconfig = Watched.of("secrets").first(environment.moment, lambda one: (
        one["metadata"]["namespace"] == environment.host
        and one["metadata"]["name"] == names.internal_kubeconfig(environment.cluster)))
    installed = sorted(environment.app_ready_at(app) - kubeconfig for app in apps)
    within("the first is installed after the kubeconfig's Secret", installed[0], first_within)
    if len(installed) > 1:
        within("the last", installed[-1], all_within)


def is_app(environment, release):
    annotations = release["metadata"].get("annotations", {})
    return (release["metadata"]["namespace"] == environment.namespace and environment.owns(release)
            and annotations.get(names.COMPOSITION_RESOURCE_NAME, "").startswith(names.app("")))


def record(phase, spent, budget, lowest):
    phases = run_state.load("tokens", {})
    run_state.save("tokens", phases | {phase: [spent, budget, lowest]})

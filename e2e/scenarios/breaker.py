"""
What an Environment costs of Crossplane's watch circuit breaker: a bucket of 100 tokens, which gets back one a second. An update of
the Environment or of a composed resource costs two, a creation one, and a deletion none.
"""
from scenarios import names, run_state
from scenarios.expect import note, within
from scenarios.watch import Watched

CAPACITY, REFILL = 100, 1
RESERVE = 10  # tokens that have to be left
# Tokens until the cluster of an Environment serves, and for each app. A cluster costs 61 to 69; Crossplane repeats some of its own
# writes, up to six times within half a second, when its cache is old.
CLUSTER, APP = 90, 12


class Bucket:
    """
    The tokens of an Environment since it was created last.

    kinds: those of its composed resources besides the usual ones, as at a cloud; they are watched already
    """

    def __init__(self, environment, kinds=()):
        changes = environment.changes(0)
        created = [change.time for change in changes if change.event == "ADDED"][-1]
        for kind in [*names.COMPOSED_KINDS, *kinds]:
            changes += environment.component_changes(kind, created)
        self.costs = sorted((change.time, cost(change), component(change.thing)) for change in changes if change.time >= created)

    def spent(self, since=0, until=float("inf"), on=lambda name: True):
        return sum(tokens for moment, tokens, name in self.costs if since <= moment < until and on(name))

    def lowest(self, since=0, full=False):
        """
        The fewest tokens that were left since then.

        full: as if there had been as many as possible before, where the suite changes things faster than a person would
        """
        left, last, lowest = CAPACITY, since if full else self.costs[0][0], CAPACITY
        for moment, tokens, _ in self.costs:
            if full and moment < since:
                continue
            left = min(CAPACITY, left + (moment - last) * REFILL) - tokens
            last = moment
            if moment >= since:
                lowest = min(lowest, left)
        return lowest


def cost(change):
    if change.event == "DELETED" or change.thing["metadata"].get("deletionTimestamp"):
        return 0
    return 2 if change.event == "MODIFIED" else 1


def check_changed(environment, phase):
    """Records what the last change of an Environment costs, and that enough tokens are left of a full bucket."""
    check_left(environment, phase, environment.moment, full=True)


def check_left(environment, phase, since=0, budget=None, until=float("inf"), full=False):
    """Records what a phase in the life of an Environment costs, and that enough tokens are left."""
    bucket = Bucket(environment)
    spent, lowest = bucket.spent(since, until), bucket.lowest(since, full)
    record(phase, spent, budget, lowest)
    note(f"{spent} tokens, at least {lowest:.0f} left")
    assert full or environment.breaker_stayed_closed()
    assert lowest >= RESERVE, f"{lowest:.0f} tokens were left of {CAPACITY}"
    assert budget is None or spent <= budget, f"{spent} tokens, more than {budget}"


def check_coming_up(environment, phase):
    """The same for an Environment that has come up from nothing with its apps."""
    apps = [names.app(app) for app in environment.apps()]
    first = Watched.of(names.RELEASES).first(environment.moment, lambda one: (
        one["metadata"]["namespace"] == environment.namespace and environment.owns(one) and component(one) in apps))
    check_left(environment, f"{phase}, until its cluster serves", environment.moment, CLUSTER, first)
    bucket = Bucket(environment)
    config = bucket.spent(first, on=lambda name: name == names.PROVIDER_CONFIG) / len(apps)
    looks = [change for change in environment.component_changes(names.RELEASES, first) if too_early(change.thing)]
    note(f"{len(looks)} looks of provider-helm came before the node knew the address of the cluster")
    each = config + max(bucket.spent(first, on=lambda name, app=app: name == app)
                        - sum(cost(look) for look in looks if component(look.thing) == app) for app in apps)
    record(f"{phase}, each app", round(each), APP, bucket.lowest(first))
    check_left(environment, f"{phase}, all apps and the Environment itself", first)
    assert each <= APP, f"{each:.1f} tokens for an app, more than {APP}"


def too_early(release):
    """
    Whether provider-helm could not reach the cluster, at the first look at a Release. A node may know where a Service leads only a
    second after the pod behind it is ready; that second costs one write more.
    """
    return "external-create-pending" not in str(release["metadata"].get("annotations")) and any(
        "kubernetes cluster unreachable" in one.get("message", "") for one in release.get("status", {}).get("conditions", []))


def check_installed(environment, apps, first_within, all_within):
    """The apps are installed soon after the kubeconfig of the vcluster is there."""
    kubeconfig = Watched.of("secrets").first(environment.moment, lambda one: (
        one["metadata"]["namespace"] == environment.host
        and one["metadata"]["name"] == names.internal_kubeconfig(environment.cluster)))
    installed = sorted(environment.app_ready_at(app) - kubeconfig for app in apps)
    within("the first is installed after the kubeconfig's Secret", installed[0], first_within)
    if len(installed) > 1:
        within("the last", installed[-1], all_within)


def component(thing):
    return thing["metadata"].get("annotations", {}).get(names.COMPOSITION_RESOURCE_NAME, "")


def record(phase, spent, budget, lowest):
    phases = run_state.load("tokens", {})
    run_state.save("tokens", phases | {phase: [spent, budget, lowest]})

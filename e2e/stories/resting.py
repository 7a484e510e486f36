"""Rest, after all that has happened to them: nobody writes, and nobody is called. Nothing else happens meanwhile."""
import time
from datetime import datetime

from stories.beginning import DEV, about, called, ready
from stories.cluster import Watched
from stories.disturbances import SHAKEN
from stories.environments import ENVIRONMENTS
from stories.failing import FAULTY
from stories.many import ALL, SANDBOXES, together
from stories.room import CROWDED
from stories.walk import conditions, equal, holds, note, story

DEAF = 330  # seconds, after which Crossplane's circuit breaker lets each event through again, and one interval
CALLS = 5  # in a minute, see rest


@story("Whatever has been done to Environments and has happened to them, they are at rest again", after=ready)
def recovered(_):
    rest(DEV, FAULTY, CROWDED, SHAKEN)


@story("Ten Environments that came up at once are at rest", after=together)
def ten(_):
    rest(*ALL)


def rest(*environments):
    """
    Looks at those that there are. All Environments of this act together, the one that never starts among them, are called two
    or three times a minute. One that is called every ten seconds makes six calls more. Those that came up together may also be
    called together, so not the first minute counts, but the quietest.
    """
    there = [one for one in environments if one.asked]
    for one in there:
        one.comes(120).rests(120)
    deaf = [since for kind in (ENVIRONMENTS, SANDBOXES) for one in Watched.of(kind).all() if (since := deaf_since(one))]
    time.sleep(max([0, *(since + DEAF - time.time() for since in deaf)]))
    before, start, calls = [one.stands() for one in there], time.monotonic(), []
    while not calls or (calls[-1] > CALLS and len(calls) < 3):
        until_now = called()
        time.sleep(60)
        calls.append(called() - until_now)
    for one, stood in zip(there, before):
        equal(str(one), one.stands(), stood)
    equal("events", [(str(one), event["reason"], event["message"]) for one in there for event in about(one, start)], [])
    note(f"{len(there)} Environments; {min(calls):.0f} calls in a minute for all that there are, to {len(deaf)} of which "
         "Crossplane had not listened for a while")
    holds(f"at most {CALLS} calls in a minute: {calls}", min(calls) <= CALLS)


def deaf_since(seen):
    """Since when Crossplane has said that it does not listen to an Environment, in seconds of the clock; 0 if it does."""
    one = conditions(seen).get("Responsive", {})
    return 0 if one.get("status") != "False" else datetime.fromisoformat(one["lastTransitionTime"]).timestamp()

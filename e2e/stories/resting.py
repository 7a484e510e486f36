"""Rest, after all that has happened to them: nobody writes, and nobody is called. Nothing else happens meanwhile."""
import time

from stories.beginning import DEV, about, called, ready
from stories.disturbances import SHAKEN
from stories.failing import FAULTY
from stories.many import ALL, together
from stories.room import CROWDED
from stories.walk import conditions, equal, holds, note, story


@story("Whatever has been done to Environments and has happened to them, they are at rest again", after=ready)
def recovered(_):
    rest(DEV, FAULTY, CROWDED, SHAKEN)


@story("Ten Environments that came up at once are at rest", after=together)
def ten(_):
    rest(*ALL)


def rest(*environments):
    """Looks at those that there are for 30 seconds."""
    there = [one for one in environments if one.asked]
    for one in there:
        one.comes(120).rests(120)
    before, calls, start = [one.stands() for one in there], called(), time.monotonic()
    heard = [one for one in there if conditions(one.seen)["Responsive"]["status"] == "True"]
    time.sleep(30)
    for one, stood in zip(there, before):
        equal(str(one), one.stands(), stood)
    equal("events", [(str(one), event["reason"], event["message"]) for one in heard for event in about(one, start)], [])
    calls, most = called() - calls, len(heard) + 4 * (len(there) - len(heard))  # one of these is called every ten seconds
    note(f"{len(there)} Environments, {len(heard)} of which Crossplane listens to, {calls:.0f} calls in 30 s")
    holds(f"at most {most} calls: {calls}", calls <= most)

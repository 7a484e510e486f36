"""Rest after all that has happened: nothing is written, and the function is hardly called. Nothing else happens meanwhile."""
import time
from datetime import datetime

import pytest

from scenarios import names, test_first_environment, test_many
from scenarios.commands import conditions
from scenarios.events import events_since
from scenarios.expect import note
from scenarios.marks import after
from scenarios.packages import function_calls
from scenarios.shared import CROWDED, DEV, FAULTY, OTHER_KIND, SHAKEN, TEN
from scenarios.watch import Watched

BREAKER_CLOSES = 330  # seconds after which Crossplane's circuit breaker lets each event through again, and one interval
CALLS = 5  # in a minute, see assert_rest

pytestmark = pytest.mark.timeout(1800)


@after(test_first_environment.test_ready)
def test_changed_environments_rest():
    """Environments are in steady state again after all their changes and disturbances."""
    assert_rest(DEV, FAULTY, CROWDED, SHAKEN)


@after(test_many.test_ten_ready)
def test_ten_rest():
    """Ten Environments that were created at once are in steady state."""
    assert_rest(*TEN)


def assert_rest(*environments):
    """
    Looks at those that exist. All Environments of this moment together, with the one that never starts, need two or three calls
    in a minute. One that is called every ten seconds needs six more. Those that were created together may also be called
    together, so the quietest of up to three minutes counts.
    """
    present = [one for one in environments if one.requested]
    for one in present:
        one.wait_ready(120).wait_quiet(120)
    kinds = [names.ENVIRONMENTS, names.SANDBOXES] if OTHER_KIND.requested else [names.ENVIRONMENTS]
    opened = [since for kind in kinds for one in Watched.of(kind).all() if (since := breaker_open_since(one))]
    time.sleep(max([0, *(since + BREAKER_CLOSES - time.time() for since in opened)]))
    before, start, calls = [one.snapshot() for one in present], time.monotonic(), []
    while not calls or (calls[-1] > CALLS and len(calls) < 3):
        until_now = function_calls()
        time.sleep(60)
        calls.append(function_calls() - until_now)
    for one, snapshot in zip(present, before):
        assert one.snapshot() == snapshot, f"{one} has changed"
    assert [(str(one), event["reason"], event["message"]) for one in present for event in events_since(one, start)] == []
    note(f"{len(present)} Environments; {min(calls):.0f} calls in a minute for all that exist; "
         f"the circuit breaker had opened for {len(opened)} of them")
    assert min(calls) <= CALLS, f"calls in each minute: {calls}"


def breaker_open_since(thing):
    """Since when Crossplane's circuit breaker has been open for an Environment, in seconds of the clock; 0 if it is closed."""
    one = conditions(thing).get("Responsive", {})
    return 0 if one.get("status") != "False" else datetime.fromisoformat(one["lastTransitionTime"]).timestamp()

"""Expectations with a time limit, observations for the report, and the repair of disturbances."""
import time
from contextlib import contextmanager

NOTES = []  # of the scenario that runs in this process


def note(sentence):
    """An observation for the report."""
    NOTES.append(sentence)


def within(what, seconds, limit):
    """Notes a measured time, and fails if it is over its limit."""
    note(f"{what} {seconds:.1f} s")
    assert seconds <= limit, f"{what} took {seconds:.1f} s, the limit is {limit} s"


def eventually(what, seconds, question, describe=None):
    """Repeats a question until its answer is true, and returns the answer. A question that cannot be answered yet is not true."""
    start, trouble = time.monotonic(), ""
    while True:
        try:
            answer = question()
            if answer:
                print(f"{time.monotonic() - start:6.1f} s until {what}", flush=True)
                return answer
            trouble = ""
        except (AssertionError, KeyError, IndexError, ValueError, TypeError) as error:
            trouble = f" ({error})"
        if time.monotonic() - start > seconds:
            raise AssertionError(f"not within {seconds:.0f} s: {what}{trouble}{described(describe)}")
        time.sleep(0.2)


def described(describe):
    try:
        return f"; found: {describe()}" if describe else ""
    except (KeyError, IndexError):
        return "; found: nothing"


def stays(what, seconds, question, flicker=0):
    """
    Fails if the answer is not true at any time during these seconds. It may be so for a shorter time than the flicker: Crossplane writes
    former conditions again, and then the new ones, when its cache is old.
    """
    now = true = time.monotonic()
    end = now + seconds
    while now < end:
        if question():
            true = now
        assert now - true <= flicker, f"no longer true: {what}"
        time.sleep(0.5)
        now = time.monotonic()


@contextmanager
def repaired_by(repair):
    """Runs the repair if the block fails. For a disturbance that its scenario ends by itself when it passes."""
    try:
        yield
    except BaseException:
        repair()
        raise


def differences(before, after, path=""):
    """Each value that differs, with its path: two whole objects would hide it."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [one for key in sorted(before.keys() | after.keys())
                for one in differences(before.get(key), after.get(key), f"{path}.{key}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [one for index, pair in enumerate(zip(before, after)) for one in differences(*pair, f"{path}[{index}]")]
    return [] if before == after else [f"{path}: {before!r} became {after!r}"]

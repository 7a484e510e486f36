"""How pytest runs the scenarios: their order, which are selected, which are skipped, and what is reported of them."""
import os
import shutil

import pytest

from scenarios import phases, run_state
from scenarios.expect import NOTES


def pytest_addoption(parser):
    group = parser.getgroup("e2e")
    group.addoption("--only", action="append", default=[], metavar="WORD", help="scenarios with this word in the title")
    group.addoption("--phase", help="only this phase, see phases.py")
    group.addoption("--keep-function", action="store_true", help="use the packages as they are installed")
    group.addoption("--no-cluster", metavar="REASON", help="skip everything, for this reason")


# ----------------------------------------------------------------------------------------------------------- what is collected


def identify(test):
    """A scenario's name in marks and files, of its function or of pytest's item."""
    function = getattr(test, "function", test)
    return f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"


def marked(item, mark):
    return [argument for one in item.iter_markers(mark) for argument in one.args]


def title(test):
    """The first paragraph of the docstring, without its full stop."""
    text = getattr(test, "function", test).__doc__
    if not text:
        raise pytest.UsageError(f"{identify(test)} has no title: the docstring is missing")
    return " ".join(text.split("\n\n")[0].split()).removesuffix(".")


def place(item):
    module = identify(item).split(".")[0]
    if module not in phases.MODULES:
        raise pytest.UsageError(f"{module} is in no phase, see phases.py")
    return phases.MODULES.index(module)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config, items):
    items.sort(key=place)
    scenarios = {identify(item): item for item in items}
    for name, item in scenarios.items():
        item.user_properties += [("scenario", name), ("title", title(item))]
        for earlier in map(identify, marked(item, "after")):
            check_order(name, earlier, scenarios)
    if not hasattr(config, "workerinput") and run_state.STATE.exists():
        run_state.save("scenarios", [[name, title(item)] for name, item in scenarios.items()])
    if words := config.option.only:
        items[:] = [item for item in items if any(word.casefold() in title(item).casefold() for word in words)]
    yield  # pytest's own selection, such as -k
    chosen = {identify(item) for item in items}
    while more := related(chosen, scenarios) - chosen:
        chosen |= more
    items[:] = [item for name, item in scenarios.items() if name in chosen
                and config.option.phase in (None, phases.phase_of(name.split(".")[0]))]


def related(chosen, scenarios):
    """What the chosen scenarios need to have passed, and what checks them later."""
    before = {identify(earlier) for name in chosen for earlier in marked(scenarios[name], "after")}
    later = {name for name, item in scenarios.items() if chosen & set(map(identify, marked(item, "checks_later")))}
    return before | later


def check_order(name, earlier, scenarios):
    """A scenario runs before those that depend on it, and modules of one phase run side by side."""
    if earlier not in scenarios:
        raise pytest.UsageError(f"{name} depends on {earlier}, which was not collected: select with --only or -k, not by file")
    (mine, theirs), order = (one.split(".")[0] for one in (name, earlier)), list(scenarios)
    parallel = {phase.name for phase in phases.PHASES if phase.parallel}
    if order.index(earlier) > order.index(name) or (
            mine != theirs and phases.phase_of(mine) == phases.phase_of(theirs) and phases.phase_of(mine) in parallel):
        raise pytest.UsageError(f"{name} depends on {earlier}, which does not run before it")


# ------------------------------------------------------------------------------------------------------------------ one scenario


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    NOTES.clear()
    if reason := item.config.option.no_cluster or missing(marked(item, "needs")):
        pytest.skip(reason)
    failed = [title(earlier) for earlier in marked(item, "after") if identify(earlier) not in run_state.passed()]
    if failed:
        pytest.skip(f"depends on a scenario that has not passed: {'; '.join(failed)}")


def missing(needs):
    found = [need for need in needs if not (os.environ.get(need) if need.isupper() else shutil.which(need))]
    return f"not available: {', '.join(found)}" if found else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    if call.when == "call":
        item.user_properties += [("note", sentence) for sentence in NOTES]
    report = yield
    if report.when == "call" and report.passed:
        run_state.add_passed(identify(item))
    return report


def pytest_report_teststatus(report):
    """With -v the title of each scenario, how long it took, and why it was skipped."""
    if report.when == "collect" or (report.when != "call" and report.passed):
        return None
    what = "error" if report.failed and report.when != "call" else report.outcome
    word = f"{what.upper()} {report.duration:.1f} s: {dict(report.user_properties).get('title')}"
    if report.skipped:
        word += f" ({report.longrepr[2].removeprefix('Skipped: ')})"
    return what, what[0].upper(), (word, {"passed": {"green": True}, "skipped": {"yellow": True}}.get(what, {"red": True}))


@pytest.fixture
def keep_function(request):
    return request.config.option.keep_function

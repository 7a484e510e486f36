"""Apps that fail, each in its way, and are mended. All say so in the words of who noticed."""
import re

from stories.charts import parts
from stories.environments import Environment, inside, installed_inside
from stories.installing import installed
from stories.walk import equal, eventually, holds, note, stays, story

FAULTY = Environment("faulty")


@story("A cluster without apps is ready too", after=installed)
def empty(_):
    FAULTY.ask().comes(180)
    equal("AppsReady", FAULTY.condition("AppsReady")[:2], ("True", "NotRequested"))


def fails(app, pattern, seconds=90):
    """Waits until the Environment says that this app fails, in the provider's words; returns them."""
    def says():
        _, reason, message = FAULTY.condition("AppsReady")
        return reason == "Failing" and f"{app}: " in message and re.search(pattern, message) and message
    message = eventually(f"AppsReady says that {app} fails", seconds, says)
    equal("Ready", FAULTY.condition("Ready")[0], "False")
    note(f"“{message[:160]}”")
    return message


@story("A chart that does not exist is said so, and the app recovers with one that does", after=empty)
def missing_chart(_):
    FAULTY.ask(parts(message="here"), parts("absent") | {"chart": {"version": "9.9.9"}})
    fails("absent", "no chart version|not found")
    eventually("the other app is ready", 60, lambda: FAULTY.apps().get("parts"))
    FAULTY.ask(parts(message="here"), parts("absent")).comes(120, "parts", "absent")
    installed_inside(FAULTY, "parts", "absent")


@story("Values that the chart's schema refuses are said so, and what was installed before stays", after=empty)
def schema(_):
    FAULTY.ask(parts(message="here")).comes(120, "parts")
    FAULTY.ask(parts(message=7))
    fails("parts", "got number|want string")
    with inside(FAULTY) as cluster:
        equal("what is installed", cluster.get("configmap", "parts", "parts")["data"]["message"], "here")
    FAULTY.ask(parts(message="mended")).comes(120, "parts")
    with inside(FAULTY) as cluster:
        equal("what is installed", cluster.get("configmap", "parts", "parts")["data"]["message"], "mended")


@story("An app whose installation fails is tried again, gives up, and is installed once it is mended", after=empty)
def installation(_):
    FAULTY.ask(parts(message="mended"), parts("broken", broken=True))
    fails("broken", "99999|Service")
    eventually("it gives up", 150, lambda: FAULTY.parts()["app-broken"]["status"].get("failed") == 3)
    FAULTY.rests()
    holds("the other app is ready", FAULTY.apps()["parts"])
    before = FAULTY.versions()
    stays("it is not tried again, and nothing is written", 15, lambda: FAULTY.versions() == before)
    FAULTY.ask(parts(message="mended"), parts("broken", broken=False)).comes(150, "parts", "broken")
    installed_inside(FAULTY, "parts", "broken")


@story("A bad app among good ones is named, and the others proceed", after=empty)
def bad(_):
    FAULTY.ask({"name": "nonsuch"}, parts(message="mended"), parts("fourth"))
    eventually("the good ones are ready", 90, lambda: FAULTY.apps().get("fourth") and FAULTY.apps().get("parts"))
    status, reason, message = FAULTY.condition("Accepted")
    equal("Accepted", (status, reason), ("False", "NotAccepted"))
    holds(f"it names the field: {message}", "spec.apps[0].name" in message)
    note(f"“{message[:160]}”")
    FAULTY.ask(parts(message="mended"), parts("fourth")).comes(90, "parts", "fourth")
    installed_inside(FAULTY, "parts", "fourth")

"""A cluster that never starts. It is asked for early, and looked at again at the end of the walk."""
from stories.charts import parts
from stories.environments import Environment, age
from stories.installing import installed
from stories.walk import equal, eventually, holds, note, story

NEVER = Environment("never")
ENOUGH = 420  # seconds: what is written most often is written in the first two minutes


@story("A cluster that cannot start says that it is not up, and its 20 apps wait", after=installed)
def never(_):
    NEVER.ask(*(parts(f"app-{number}") for number in range(20)), size="never")
    eventually("it says so", 60, lambda: NEVER.condition("ClusterReady")[:2] == ("False", "ComingUp"))
    equal("apps", NEVER.apps(), {f"app-{number}": False for number in range(20)})
    equal("Ready", NEVER.condition("Ready")[0], "False")


def listened():
    """What is to be said of it once it is old enough."""
    eventually("it has waited long enough", max(1, ENOUGH - age(NEVER)) + 5, lambda: age(NEVER) > ENOUGH)
    holds("no app was begun", not [name for name in NEVER.parts() if name.startswith("app-")])
    holds("Crossplane has listened all the time", NEVER.responsive())
    note(f"{len(NEVER.told(0))} writes to the Environment in {age(NEVER):.0f} s")

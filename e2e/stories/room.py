"""How much an Environment may use, and what happens when that is less than what it uses."""
from stories.charts import parts
from stories.environments import Environment, inside
from stories.installing import installed
from stories.walk import eventually, get, holds, kubectl, mending, note, stays, story

CROWDED = Environment("crowded")


def let_go():
    """Takes the crowd away, whose pods would keep those of other stories off a small node."""
    CROWDED.ask(parts(message="mended"), size="small")


@story("A quota that leaves no room keeps an app from being ready, and more room lets it go on", after=installed)
def quota(_):
    CROWDED.ask(parts(message="mended"), size="tight").comes(240, "parts")
    crowd = parts(message="mended"), parts("crowd", pods=6) | {"wait": True}
    with mending(let_go):
        CROWDED.ask(*crowd, size="tight")
        with inside(CROWDED) as cluster:
            def starved():
                told = kubectl(*cluster.flags, "get", "events", "--namespace", "crowd", "--output", "json").stdout
                return "exceeded quota" in told
            eventually("the cluster's own events say that the quota is used up", 120, starved)

        def unready():
            return not CROWDED.apps()["crowd"] and CROWDED.condition("Ready")[0] == "False"
        # Crossplane writes status.apps first and Ready a moment later, so the two are not always of one mind.
        eventually("neither the app nor the Environment is ready", 10, unready)
        stays("they are not ready", 10, unready)
        CROWDED.ask(*crowd, size="small").comes(240, "parts", "crowd")
        with inside(CROWDED) as cluster:
            eventually("all its pods run", 30, lambda: cluster.runs("crowd") == 6)


@story("A size that has no room for what runs is refused, and the cluster goes on", after=quota)
def shrunk(_):
    crowd = parts(message="mended"), parts("crowd", pods=6) | {"wait": True}
    with mending(let_go):
        CROWDED.ask(*crowd, size="tight")
        eventually("it is said why", 60, lambda: CROWDED.condition("Accepted")[0] == "False")
        message = CROWDED.condition("Accepted")[2]
        holds(f"by path, and with what is used: {message}", "spec.size" in message and "count/pods" in message)
        note(f"“{message[:160]}”")
        stays("the cluster answers", 15, lambda: CROWDED.condition("ClusterReady")[0] == "True" and int(get(
            "resourcequota", "vc-crowded", CROWDED.host)["spec"]["hard"]["count/pods"]) > 7)
        CROWDED.ask(parts(message="mended"), size="tight")
        eventually("with room, it is carried out", 180, lambda: CROWDED.condition("Accepted")[0] == "True" and get(
            "resourcequota", "vc-crowded", CROWDED.host)["spec"]["hard"]["count/pods"] == "6")
        CROWDED.comes(180, "parts")

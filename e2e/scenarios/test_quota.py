"""How much an Environment may use, and what happens if that is less than what it uses."""
from scenarios import names, test_install
from scenarios.charts import parts
from scenarios.commands import get, items, kubectl
from scenarios.expect import eventually, note, repaired_by, stays
from scenarios.marks import after
from scenarios.shared import CROWDED
from scenarios.virtual_cluster import VirtualCluster

APP = parts(message="installed")
CROWD = parts("crowd", pods=6) | {"wait": True}


def remove_crowd():
    """Its pods would keep those of other scenarios off a small node."""
    CROWDED.request(APP, size="small")


@after(test_install.test_installed)
def test_quota_used_up():
    """A quota that is used up keeps an app from being ready, until a larger size gives it room."""
    CROWDED.request(APP, size="tight").wait_ready(240, "parts")
    with repaired_by(remove_crowd):
        CROWDED.request(APP, CROWD, size="tight")
        with VirtualCluster(CROWDED) as cluster:
            eventually("the cluster's own events say that the quota is used up", 120, lambda: "exceeded quota" in kubectl(
                *cluster.flags, "get", "events", "--namespace", "crowd", "--output", "json").stdout)

        def unready():
            return not CROWDED.apps()["crowd"] and CROWDED.condition("Ready")[0] == "False"
        # Crossplane writes status.apps first and Ready a moment later, so for a moment they may differ.
        eventually("neither the app nor the Environment is ready", 10, unready)
        stays("neither the app nor the Environment is ready", 10, unready)
        CROWDED.request(APP, CROWD, size="small").wait_ready(240, "parts", "crowd")
        with VirtualCluster(CROWDED) as cluster:
            eventually("all its pods run", 30, lambda: cluster.ready_replicas("crowd") == 6)


@after(test_quota_used_up)
def test_size_too_small():
    """A size with too little room for what runs is rejected, and the cluster keeps running."""
    def pods():
        return int(get("resourcequota", names.quota(CROWDED.cluster), CROWDED.host)["spec"]["hard"]["count/pods"])
    with repaired_by(remove_crowd):
        CROWDED.request(APP, CROWD, size="tight")
        eventually("it is rejected", 60, lambda: CROWDED.condition(names.ACCEPTED)[0] == "False")
        message = CROWDED.condition(names.ACCEPTED)[2]
        assert "spec.size" in message and "pods used" in message, message
        note(f"“{message[:160]}”")
        stays("the cluster answers with its former quota", 15,
              lambda: CROWDED.condition(names.CLUSTER_READY)[0] == "True" and pods() > 7)
        CROWDED.request(APP, size="tight")
        eventually("with enough room, it is accepted", 180,
                   lambda: CROWDED.condition(names.ACCEPTED)[0] == "True" and pods() == 6)
        CROWDED.wait_ready(180, "parts")


@after(test_size_too_small)
def test_ordinary_chart():
    """A container with a request and no limit runs, and a Service of type LoadBalancer exists in the host cluster."""
    ordinary = parts("ordinary", pods=1, requests={"cpu": "20m", "memory": "300Mi"}, balancer=True)
    with repaired_by(remove_crowd):
        CROWDED.request(APP, ordinary, size="small").wait_ready(150, "parts", "ordinary")
        with VirtualCluster(CROWDED) as cluster:
            eventually("its pod runs", 60, lambda: cluster.ready_replicas("ordinary") == 1)
        eventually("the Service exists", 30, lambda: any(
            one["spec"]["type"] == "LoadBalancer" for one in items("services", CROWDED.host)))

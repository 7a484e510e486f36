"""The platform's Settings during a run."""
from scenarios.charts import FIRST, LATE, REPOSITORY
from scenarios.commands import TEAM, apply, kubectl
from scenarios.names import SETTINGS

CHART = {"repository": REPOSITORY, "name": "parts"}
# Small requests: many control planes share a small node, and none of them has much to do.
REQUESTS = {"resources": {"requests": {"cpu": "20m", "memory": "128Mi"}}}
VCLUSTER = {"values": {"controlPlane": {"statefulSet": REQUESTS}}}


def settings(**more):
    """What all scenarios need, and what one of them needs in addition."""
    data = {
        "catalog": {"parts": {"chart": CHART | {"version": FIRST}}, "late": {"chart": CHART | {"version": LATE}},
                    "valued": {"chart": CHART | {"version": FIRST}, "values": {"message": "catalog"}},
                    "locked": {"chart": CHART | {"version": FIRST}, "values": {"message": "catalog"}, "locked": ["message"]}},
        "sizes": {
            # Enough for the cluster itself and two pods. (Their default requests are shares of cpu, and the node may be small.)
            "tight": {"vcluster": size(pods=3) | {"cpu": "1"}},
            # Its volume is never bound, so the cluster never starts.
            "never": {"vcluster": size(pods=20) | {"storageClass": "nonsuch"}}},
        "vcluster": VCLUSTER}
    return {"apiVersion": "apiextensions.crossplane.io/v1beta1", "kind": "EnvironmentConfig",
            "metadata": {"name": SETTINGS, "labels": {"made-by": TEAM}}, "data": data | more}


def set_settings(**more):
    # Without --server-side, kubectl drops null.
    apply(settings(**more), flags=["--server-side", "--force-conflicts"])


def size(pods):
    return {"cpu": "2", "memory": "4Gi", "pods": pods, "volumes": "20Gi", "storage": "5Gi",
            "controlPlane": {"cpu": "1", "memory": "1Gi"}}


def remove_settings():
    kubectl("delete", "environmentconfigs", "--selector", f"made-by={TEAM}", may_fail=True)

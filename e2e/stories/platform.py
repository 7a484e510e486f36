"""Settings of the platform that is walked on."""
from stories.charts import FIRST, LATE, REPOSITORY
from stories.walk import TEAM, apply, kubectl

SETTINGS = "environment-settings"
CHART = {"repository": REPOSITORY, "name": "parts"}


def settings(**more):
    """Lets all stories have what they need; and what one of them wants besides."""
    data = {
        "catalog": {"parts": {"chart": CHART | {"version": FIRST}}, "late": {"chart": CHART | {"version": LATE}}},
        "sizes": {
            # Room for the cluster itself, and for two pods.
            "tight": {"vcluster": size(pods=3)},
            # Its volume is never bound, so it never starts.
            "never": {"vcluster": size(pods=20) | {"storageClass": "nonsuch"}}},
        # Many control planes on a small node, none of which has much to do.
        "vcluster": {"values": {"controlPlane": {"statefulSet": {"resources": {"requests": {"cpu": "20m", "memory": "128Mi"}}}}}}}
    apply({"apiVersion": "apiextensions.crossplane.io/v1beta1", "kind": "EnvironmentConfig",
           "metadata": {"name": SETTINGS, "labels": {"made-by": TEAM}}, "data": data | more})


def size(pods):
    return {"cpu": "2", "memory": "4Gi", "pods": pods, "volumes": "20Gi", "storage": "5Gi",
            "controlPlane": {"cpu": "1", "memory": "1Gi"}}


def unset():
    kubectl("delete", "environmentconfigs", "--selector", f"made-by={TEAM}", may_fail=True)

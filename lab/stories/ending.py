"""The end of an Environment."""
import json
import time

from stories.environments import GOOD, SETTINGS, delete, environment, host
from stories.installing import installed
from stories.life import ready
from stories.walk import TEAM, apply, conditions, equal, eventually, get, items, kubectl, story


@story("A deleted Environment leaves nothing within 30 seconds", after=ready)
def deleted(lab):
    delete("dev")


@story("An Environment whose cluster cannot start says so, and is deleted as quickly", after=installed)
def stillborn(lab):
    apply({"apiVersion": "apiextensions.crossplane.io/v1beta1", "kind": "EnvironmentConfig",
           "metadata": {"name": SETTINGS, "labels": {"made-by": TEAM}},
           "data": {"vcluster": {"imageRegistry": "registry.invalid"}}})
    apply(environment("stillborn", GOOD))
    eventually("its pod waits for an image", 60, lambda: "ImagePull" in json.dumps(
        items("pods", host("stillborn"))) or "ErrImagePull" in json.dumps(items("pods", host("stillborn"))))
    time.sleep(35)  # see delete
    equal("Ready", conditions(get("environment", "stillborn"))["Ready"]["status"], "False")
    delete("stillborn")
    kubectl("delete", "environmentconfig", SETTINGS)

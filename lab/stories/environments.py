"""Environments, what they are composed of, and what is inside."""
import base64
import json
import tempfile
import time

from stories.walk import TEAM, apply, conditions, eventually, get, items, kubectl

KINDS = ["releases.helm.m.crossplane.io", "objects.kubernetes.m.crossplane.io", "providerconfigs.helm.m.crossplane.io",
         "usages.protection.crossplane.io"]
SETTINGS = "environment-settings"
GOOD = {"name": "podinfo"}


def environment(name, *asked, size="small"):
    return {"apiVersion": "platform.internal/v1beta1", "kind": "Environment",
            "metadata": {"name": name, "namespace": TEAM}, "spec": {"size": size, "apps": list(asked)}}


def is_ready(name, generation=False):
    """Ready; and if the generation counts, said of what is asked for now."""
    seen = get("environment", name)
    condition = conditions(seen).get("Ready", {})
    return condition.get("status") == "True" and (
        not generation or condition.get("observedGeneration", 0) >= seen["metadata"]["generation"])


def apps(name):
    return {app["name"]: app["ready"] for app in get("environment", name)["status"].get("apps", [])}


def host(name):
    return get("environment", name)["status"]["cluster"]["namespace"]


def composed(name):
    return [one for one in items(",".join(KINDS))
            if any(owner["name"] == name for owner in one["metadata"].get("ownerReferences", []))]


def components(name):
    return [one["metadata"]["annotations"]["crossplane.io/composition-resource-name"] for one in composed(name)]


def versions(name="dev"):
    everything = composed(name) + [get("environment", name)]
    return {f"{one['kind']}/{one['metadata']['name']}": one["metadata"]["resourceVersion"] for one in everything}


def leftovers(name, namespace):
    """Whatever there is of an Environment, in its namespace, in its host namespace or in the whole cluster."""
    kinds = ",".join(KINDS + ["environments.platform.internal", "providerconfigusages.helm.m.crossplane.io", "secrets",
                              "configmaps", "roles", "rolebindings"])
    found = [f"{one['kind']}/{one['metadata']['name']}" for one in items(kinds)
             if one["metadata"]["name"].startswith((f"{name}-", name)) or any(
                 owner["name"] == name for owner in one["metadata"].get("ownerReferences", []))]
    wide = kubectl("get", "namespaces,clusterroles,clusterrolebindings,crds,priorityclasses,ingressclasses,"
                   "validatingwebhookconfigurations,mutatingwebhookconfigurations", "--output", "name").stdout.split()
    found += [one for one in wide if namespace in one]
    return found + [f"{one['kind']}/{one['metadata']['name']} in {namespace}"
                    for one in items("persistentvolumeclaims,secrets,pods", namespace)]


def others():
    """As on a platform with more than one Environment. Once a minute provider-kubernetes ends its watch of a kind of which
    there is nothing but what is being deleted, and then hears of the end of the last namespace half a minute late."""
    apply({"apiVersion": "kubernetes.m.crossplane.io/v1alpha1", "kind": "Object",
           "metadata": {"name": TEAM, "namespace": TEAM},
           "spec": {"managementPolicies": ["Observe"], "watch": True,
                    "providerConfigRef": {"kind": "ClusterProviderConfig", "name": "default"},
                    "forProvider": {"manifest": {"apiVersion": "v1", "kind": "Namespace",
                                                 "metadata": {"name": "default"}}}}})


def delete(name):
    """Deletes an Environment. Last goes the record of its host namespace: without watches provider-kubernetes
    looks after 1, 3, 7, 15 and 31 seconds whether that is gone, and of a young record it does not believe it. An app
    whose uninstallation is under way would be left as a Release without a cluster, so that is waited for."""
    namespace = host(name)
    others()
    eventually("no app is going any more", 60, lambda: not any(
        one["metadata"].get("deletionTimestamp") for one in composed(name)))
    record = {f"Object/{one['metadata']['name']}" for one in composed(name)
              if one["metadata"]["annotations"]["crossplane.io/composition-resource-name"] == "namespace"}
    kubectl("delete", "environment", name, "--namespace", TEAM, "--wait=false")
    start = time.monotonic()
    eventually("nothing is left but the record of the host namespace", 30,
               lambda: not set(leftovers(name, namespace)) - record, lambda: leftovers(name, namespace))
    eventually("that is gone too", 45 - (time.monotonic() - start), lambda: not leftovers(name, namespace))


class inside:
    """The virtual cluster of an Environment, by the credentials that its status names."""

    def __init__(self, name):
        status = get("environment", name)["status"]
        secret = get("secret", status["kubeconfig"]["secretName"])
        self.file = tempfile.NamedTemporaryFile("w", suffix=".kubeconfig")
        self.file.write(decode(secret["data"][status["kubeconfig"]["key"]]))
        self.file.flush()
        cluster = status["cluster"]
        address = get("service", cluster["name"], cluster["namespace"])["spec"]["clusterIP"]
        self.flags = ["--kubeconfig", self.file.name, "--server", f"https://{address}:443",
                      "--tls-server-name", f"{cluster['name']}.{cluster['namespace']}.svc"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def deployment(self, release, chart=None):
        name = release if chart in (None, release) else f"{release}-{chart}"
        return json.loads(kubectl(*self.flags, "get", "deployment", name, "--namespace", release,
                                  "--output", "json").stdout)

    def runs(self, release, chart=None):
        return self.deployment(release, chart)["status"].get("readyReplicas")

    def names(self, kinds, namespace):
        return kubectl(*self.flags, "get", kinds, "--namespace", namespace, "--output", "name",
                       "--ignore-not-found").stdout.split()


def decode(text):
    return base64.b64decode(text).decode()

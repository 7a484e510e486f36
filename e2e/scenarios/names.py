"""The names that the scenarios share with the function, Crossplane and the providers. A renaming changes only this module."""
import os

# Kinds, as kubectl takes them.
ENVIRONMENTS = "environments.platform.internal"
ENVIRONMENT_API = "platform.internal/v1beta1"
SANDBOXES = "sandboxes.sandbox.example.org"
SANDBOX_API = "sandbox.example.org/v1alpha1"
DATABASES = "databases.e2e.example.org"
RELEASES = "releases.helm.m.crossplane.io"
OBJECTS = "objects.kubernetes.m.crossplane.io"
PROVIDER_CONFIGS = "providerconfigs.helm.m.crossplane.io"
CLUSTER_PROVIDER_CONFIGS = (("helm.m.crossplane.io/v1beta1", "clusterproviderconfigs.helm.m.crossplane.io"),
                            ("kubernetes.m.crossplane.io/v1alpha1", "clusterproviderconfigs.kubernetes.m.crossplane.io"))
KUBERNETES_PROVIDER_CONFIGS = "providerconfigs.kubernetes.m.crossplane.io"
USAGES = "usages.protection.crossplane.io"
COMPOSED_KINDS = [RELEASES, OBJECTS, PROVIDER_CONFIGS, KUBERNETES_PROVIDER_CONFIGS, USAGES]
PROVIDERS = ("provider-helm", "provider-kubernetes")

# Names of composed resources.
CLUSTER = "cluster"
NAMESPACE = "namespace"
PROVIDER_CONFIG = "provider-config-helm"


def app(name):
    return f"app-{name}"


def environment_usage(name):
    """The Usage that protects the Environment while an app is uninstalled."""
    return f"usage-{app(name)}-environment"


# The registration in an Argo CD: its component, and the Usage that keeps the Secret with the kubeconfig for it.
REGISTRATION = "argocd-registration"
REGISTRATION_USAGE = f"usage-{REGISTRATION}-{CLUSTER}"
ARGOCD_CLUSTERS = "clusters.cluster.argocd.crossplane.io"
PROVIDER_FINALIZER = "finalizer.managedresource.crossplane.io"

# Labels and annotations.
PREFIX = "environment.fn.crossplane.io"
ENVIRONMENT_LABEL = f"{PREFIX}/environment"
OWNER_LABEL = f"{PREFIX}/owner"
OWNER_NAMESPACE = f"{PREFIX}/owner-namespace"
OWNER_NAME = f"{PREFIX}/owner-name"
OWNER_UID = f"{PREFIX}/owner-uid"
COMPOSITION_RESOURCE_NAME = "crossplane.io/composition-resource-name"
EXTERNAL_NAME = "crossplane.io/external-name"

# Values of the owner label.
OWNED_BY_CLUSTER = "cluster.vcluster"


def owned_by_app(name):
    return f"app.{name}"


def owned_by_manifest(name):
    return f"addon.manifests.{name}"


# Conditions of an Environment and their reasons.
ACCEPTED, CLUSTER_READY, APPS_READY = "Accepted", "ClusterReady", "AppsReady"
MANIFESTS_READY, GITOPS_READY, SERVERLESS_READY = "ManifestsReady", "GitOpsReady", "ServerlessReady"
REGISTRATION_READY = "RegistrationReady"
AVAILABLE, PROGRESSING, UNREACHABLE = "Available", "Progressing", "Unreachable"
FAILING, BLOCKED, INVALID, NOT_REQUESTED = "Failing", "Blocked", "Invalid", "NotRequested"

# Fields of status.
REMOVING = "removing"

# The EnvironmentConfig with the platform's Settings.
SETTINGS = "environment-settings"

# Every host namespace starts with this; Settings can change it, the scenarios do not.
HOST_PREFIX = "env-"


def quota(cluster):
    """The ResourceQuota that the vcluster chart makes."""
    return f"vc-{cluster}"


def external_kubeconfig(cluster):
    """The Secret that `vcluster connect` reads."""
    return f"vc-{cluster}"


def internal_kubeconfig(cluster):
    """The Secret that vcluster writes for provider-helm, as the function's values say."""
    return f"{cluster}-incluster"


def vcluster_config(cluster):
    """The Secret with the chart's values."""
    return f"vc-config-{cluster}"


# Test classes of the function that the scenarios run.
CALLS_IN_FLIGHT = "io.functionenvironment.server.CallsInFlight"
RECORDING_WRITER = "io.functionenvironment.recorded.RecordingWriter"

# The commit from which test_upgrade upgrades to this checkout. Its function must use the names above: the scenario expects that
# an upgrade leaves Environments unchanged, which does not hold across a renaming. Before the first release it moves behind every
# change of names and of texts in the status; afterwards it is the last release.
UPGRADE_BASE = os.environ.get("E2E_UPGRADE_BASE", "54c3cc1dab89")

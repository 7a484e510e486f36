"""The packages as the package manager installs them, and how the function runs then."""
from scenarios import names
from scenarios.commands import CROSSPLANE, items, kubectl
from scenarios.expect import note
from scenarios.installation import install_packages, prepare
from scenarios.marks import after, needs
from scenarios.packages import (fetch, function, function_pods, installed_packages, metric, restarts, service_account_can,
                                two_function_pods)


@needs("crossplane", "REGISTRY")
def test_installed(keep_function):
    """Both packages are built from this checkout, pushed, and installed by the package manager."""
    install_packages(keep_function)
    prepare()


@after(test_installed)
@needs("PROVIDERS")
def test_dependencies():
    """The configuration's dependencies are installed with it, and only the managed resources that it needs are active."""
    assert installed_packages() == [("configuration", "configuration-environment"), ("function", function()),
                                    *(("provider", f"crossplane-contrib-{name}") for name in names.PROVIDERS)]
    active = {one["metadata"]["name"] for one in items("managedresourcedefinitions") if one["spec"]["state"] == "Active"}
    assert active == {names.OBJECTS, names.RELEASES}
    crds = kubectl("get", "crds", "--output", "name").stdout
    assert "/releases.helm.crossplane.io" not in crds, "a managed resource that is not active has a CRD"


@after(test_installed)
def test_function_runs_as_recommended():
    """The function runs as recommended: two pods with certificates and probes, a read-only file system and no shell."""
    pods = two_function_pods()
    assert set(restarts(pods).values()) == {0}
    for pod in pods:
        container, name = pod["spec"]["containers"][0], pod["metadata"]["name"]
        security = container["securityContext"]
        assert security["runAsUser"] == 2000
        assert security["readOnlyRootFilesystem"] is True
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert len([field for field in container if field.endswith("Probe")]) == 3
        assert container["resources"]["limits"]["memory"] == "384Mi"
        assert [mount["mountPath"] for mount in container["volumeMounts"]] == ["/tls/server"]
        for path in ("livez", "readyz"):
            fetch(pod, path)
        assert metric(pod, 'tls_certificate_not_after_timestamp_seconds{file="tls.crt"}'), "no certificate of Crossplane's"
        inside = ("exec", "--namespace", CROSSPLANE, name, "--")
        assert "25." in kubectl(*inside, "/opt/java/bin/java", "--version").stdout, "programs of the image cannot be run"
        answer = kubectl(*inside, "/bin/sh", "-c", "true", may_fail=True)
        assert answer.returncode and "no such file" in answer.stderr, f"there is a shell: {answer.stderr}"
    note("user 2000, three probes, limit 384Mi, no restart")


@after(test_installed)
@needs("PROVIDERS")
def test_least_rights():
    """The providers have the permissions in package/host and no others, and the function has none."""
    for provider, granted in (("provider-helm", ("create statefulsets.apps", "create roles.rbac.authorization.k8s.io")),
                              ("provider-kubernetes", ("create namespaces", "get statefulsets.apps", "get resourcequotas"))):
        for right in granted:
            assert service_account_can(provider, right), f"{provider} cannot {right}"
        for right in ("* *", "create clusterroles.rbac.authorization.k8s.io", "escalate roles.rbac.authorization.k8s.io",
                      "bind clusterroles.rbac.authorization.k8s.io", "impersonate users", "create nodes",
                      "delete customresourcedefinitions.apiextensions.k8s.io", "create daemonsets.apps"):
            assert not service_account_can(provider, right), f"{provider} can {right}"
    assert not service_account_can("provider-helm", "create namespaces")
    assert not service_account_can("provider-kubernetes", "create pods")
    assert not service_account_can("provider-kubernetes", "create deployments.apps")
    for account in {pod["spec"]["serviceAccountName"] for pod in function_pods()}:
        assert not service_account_can(account, "get secrets")
        assert not service_account_can(account, "list namespaces")

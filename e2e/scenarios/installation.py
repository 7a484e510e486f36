"""What has to be in the cluster before all other scenarios."""
import os
import time

from scenarios import charts, names, platform
from scenarios.commands import HOME, NAMESPACES, apply, conditions, get, run
from scenarios.expect import eventually, note
from scenarios.packages import installed_packages, remove_packages, restart_crossplane
from scenarios.watch import Watched


def install_packages(keep):
    """Builds, pushes and installs the packages, or keeps those that are installed, and waits until all are healthy."""
    if not keep:
        if os.environ.get("PROVIDERS"):
            remove_packages()
            # If Crossplane starts while there are Environments, it may watch a kind twice, and then counts each event twice.
            restart_crossplane()
        pushed = run(HOME / "e2e/package", "--push", f"{os.environ['REGISTRY']}/e2e").stdout.strip()
        start = time.monotonic()
        run(HOME / "e2e/install", pushed)
        note(f"installed and healthy {time.monotonic() - start:.0f} s after the push")
    for kind, name in installed_packages():
        def package():
            return {key: value["status"] for key, value in conditions(get(f"{kind}s.pkg.crossplane.io", name)).items()}
        # e2e/install has waited for it, but a provider was seen that was healthy and a moment later was not.
        eventually(f"{kind} {name} is installed and healthy", 60, lambda: (
            package()["Installed"], package()["Healthy"]) == ("True", "True"), package)


def prepare():
    """Namespaces, a chart repository, Settings, and the watches."""
    for namespace in NAMESPACES:
        apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}})
    charts.serve()
    platform.set_settings()
    for kind in (names.ENVIRONMENTS, *names.COMPOSED_KINDS, "events", "secrets"):
        Watched.of(kind)

"""The Environments that several modules use."""
from scenarios import names
from scenarios.commands import NAMESPACES
from scenarios.environment import Environment

HERE, B, C = NAMESPACES

DEV = Environment("dev")  # the first one
FAULTY = Environment("faulty")  # its apps fail
CROWDED = Environment("crowded")  # its quota is used up
SHAKEN = Environment("shaken")  # its programs are killed
NEVER = Environment("never")  # its cluster never starts

# Ten at once. test_many creates them; each has a deletion of its own in test_deletion.
APP_REMOVED, CLUSTER_DIES, CLUSTER_DOWN, NO_CHARTS = (Environment(name) for name in (
    "app-removed", "cluster-dies", "cluster-down", "no-charts"))
TWIN, FOREGROUND = Environment("twin", B), Environment("foreground", B)
OTHER_KIND = Environment("twin", B, names.SANDBOXES, names.SANDBOX_API)
NAMESAKE, NO_PROVIDER, ABANDONED = Environment("twin", C), Environment("no-provider", C), Environment("abandoned", C)
TEN = [APP_REMOVED, CLUSTER_DIES, CLUSTER_DOWN, FOREGROUND, NO_CHARTS, TWIN, OTHER_KIND, NAMESAKE, NO_PROVIDER, ABANDONED]

"""The order of the test modules. e2e/run runs one phase after the other, each with one call of pytest."""
from collections import namedtuple

# With `parallel`, the modules of the phase run side by side, each in a process of its own. A module that disturbs others, or that
# measures, belongs in a phase without.
Phase = namedtuple("Phase", "name parallel modules")

PHASES = (
    Phase("first", False, ["test_install", "test_first_environment"]),
    Phase("side-by-side", True, ["test_changes", "test_failing_apps", "test_quota", "test_access", "test_portals", "test_examples",
                                 "test_unstartable", "test_namespace_ownership", "test_forged_resources"]),
    Phase("alone", False, ["test_disturbances", "test_certificates", "test_settings", "test_teams", "test_values_from_resources",
                           "test_security", "test_pinned_charts", "test_registration", "test_apps", "test_manifests",
                           "test_ten_apps", "test_many", "test_rest", "test_existing", "test_deletion", "test_addresses",
                           "test_gateway", "test_traefik", "test_network_policy", "test_restricted_access", "test_argocd",
                           "test_knative", "test_plan", "test_vcluster_options", "test_other_host", "test_clouds",
                           "test_upgrade"]),
    Phase("last", False, ["test_quickstart"]),
)
MODULES = [module for phase in PHASES for module in phase.modules]


def phase_of(module):
    return next(phase.name for phase in PHASES if module in phase.modules)

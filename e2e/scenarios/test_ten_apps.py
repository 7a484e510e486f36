"""An Environment with ten apps. Nothing else happens at the same time."""
from scenarios import breaker, test_install
from scenarios.charts import parts
from scenarios.environment import Environment
from scenarios.marks import after

APPS = [f"app-{number}" for number in range(10)]
MANY = Environment("many-apps")


@after(test_install.test_installed)
def test_ten_apps():
    """
    Ten apps are installed within 170 seconds after the vcluster's kubeconfig, the first within 10, and the circuit breaker keeps
    10 tokens.
    """
    MANY.request(*(parts(app) for app in APPS), size="medium").wait_ready(240, *APPS)
    breaker.check_installed(MANY, APPS, 10, 170)
    breaker.check_coming_up(MANY, "an Environment with ten apps")


@after(test_ten_apps)
def test_ten_apps_changed():
    """A changed size of an Environment with ten apps leaves 10 tokens, and so does its deletion, which leaves nothing."""
    MANY.request(*(parts(app) for app in APPS), size="large").wait_ready(240, *APPS)
    breaker.check_changed(MANY, "the size changes, with ten apps")
    MANY.delete()

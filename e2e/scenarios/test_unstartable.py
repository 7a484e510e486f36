"""A cluster that never starts. It is requested early, and test_deletion looks at it again after several minutes."""
from scenarios import names, test_install
from scenarios.charts import parts
from scenarios.expect import eventually
from scenarios.marks import after
from scenarios.shared import NEVER


@after(test_install.test_installed)
def test_never_starts():
    """An Environment whose cluster cannot start says so, and its 20 apps wait."""
    NEVER.request(*(parts(f"app-{number}") for number in range(20)), size="never")
    eventually("it says that the cluster is not up", 60,
               lambda: NEVER.condition(names.CLUSTER_READY)[:2] == ("False", names.PROGRESSING))
    assert NEVER.apps() == {f"app-{number}": False for number in range(20)}
    assert NEVER.condition("Ready")[0] == "False"

"""The events that Crossplane and the providers write."""
from scenarios.commands import items
from scenarios.watch import Watched


def events_of(environment):
    """The present events about an Environment and its components."""
    involved = involved_names(environment)
    return [one for one in items("events", environment.namespace) if one["involvedObject"]["name"] in involved]


def events_since(environment, moment):
    """The events about an Environment and its components that were written since then."""
    involved = involved_names(environment)
    return [change.thing for change in Watched.of("events").since(moment, lambda one: (
        one["metadata"]["namespace"] == environment.namespace and one["involvedObject"]["name"] in involved))
        if change.event != "DELETED"]


def involved_names(environment):
    return {environment.name, *(one["metadata"]["name"] for one in environment.components().values())}

package io.functionenvironment.report;

import io.functionenvironment.tree.Tree;
import java.time.Duration;
import java.util.List;

/**
 * What to tell people, and when to look again.
 *
 * @param conditions all of ours, always: Crossplane keeps what is not returned
 * @param events what happened with this call
 * @param status for the composite
 * @param ready whether the Environment is what was asked for
 * @param again at the latest after so long
 */
public record Report(List<Status> conditions, List<Event> events, Tree.Obj status, boolean ready, Duration again) {}

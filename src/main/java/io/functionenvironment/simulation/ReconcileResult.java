package io.functionenvironment.simulation;

import java.time.Duration;
import java.util.function.Supplier;

/** What a reconciler asks of its work queue. */
sealed interface ReconcileResult {

    /** Reconcile again only on the next event. */
    record Done() implements ReconcileResult {}

    /** Reconcile again after a delay; resets the backoff. */
    record RequeueAfter(Duration delay) implements ReconcileResult {}

    /** Reconcile again with exponential backoff. */
    record Requeue() implements ReconcileResult {}

    /** The reconcile takes time and blocks its worker; {@code then} finishes it. */
    record InProgress(Duration duration, Supplier<ReconcileResult> then) implements ReconcileResult {}
}

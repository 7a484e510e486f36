package io.functionenvironment.api.app;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the chart of an app is installed.
 *
 * @param waits whether Helm waits for the workloads; empty for the catalog entry's choice
 * @param waitTimeout how long Helm waits; empty for the catalog entry's choice, or else provider-helm's
 * @param retryRequestedAt what a failed release is retried for once more when it changes; not in a catalog entry
 * @param namespaceMetadata labels and annotations of the namespace
 * @param workloads those that have to be available; empty for the catalog entry's choice
 * @param exposure the Service that is reachable from outside; empty for the catalog entry's choice
 */
public record Installation(
        Optional<Boolean> waits,
        Optional<Duration> waitTimeout,
        Optional<String> retryRequestedAt,
        NamespaceMetadata namespaceMetadata,
        Optional<List<Workload>> workloads,
        Optional<Exposure> exposure) {

    /** This one with what it leaves to a catalog entry. */
    Installation over(Installation entry) {
        return new Installation(
                waits.or(entry::waits),
                waitTimeout.or(entry::waitTimeout),
                retryRequestedAt,
                namespaceMetadata.under(entry.namespaceMetadata),
                workloads.or(entry::workloads),
                exposure.or(entry::exposure));
    }
}

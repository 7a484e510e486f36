package io.functionenvironment.api.app;

import java.util.Optional;

/**
 * A workload of an app that has to be available.
 *
 * @param name may have {@link #APP} in it
 * @param namespace empty for that of the app
 */
public record Workload(Kind kind, String name, Optional<String> namespace) {
    /** Stands for the name of the app, which charts make names from. */
    static final String APP = "<app>";

    /** The kinds, in the words of Kubernetes. */
    public enum Kind {
        DEPLOYMENT("apps/v1", "Deployment"),
        STATEFUL_SET("apps/v1", "StatefulSet"),
        DAEMON_SET("apps/v1", "DaemonSet"),
        JOB("batch/v1", "Job");

        private final String apiVersion;
        private final String word;

        Kind(String apiVersion, String word) {
            this.apiVersion = apiVersion;
            this.word = word;
        }

        public String apiVersion() {
            return apiVersion;
        }

        public String word() {
            return word;
        }
    }

    public String name(String app) {
        return name.replace(APP, app);
    }
}

package io.functionenvironment.api.app;

import java.util.Optional;

/**
 * A Service of an app that is reachable from outside, at an address of its own.
 *
 * @param service its name, in which {@code <app>} stands for the app's
 * @param port of the Service
 * @param host the first label of the address; empty for the app's name
 */
public record Exposure(String service, int port, Optional<String> host) {
    /** The name of the Service, where {@code app} is the name that charts derive theirs from. */
    public String service(String app) {
        return service.replace(Workload.APP, app);
    }
}

package io.functionenvironment.api.settings;

import io.functionenvironment.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * Ingresses, by which apps are reachable.
 *
 * @param className of the Ingresses; empty for the cluster's default
 * @param annotations of the Ingresses
 * @param controllerNamespace where the ingress controller is in the host cluster; empty if no network policy has to allow it
 * @param explicit what the platform set, as a whole
 */
public record IngressOffer(
        Optional<String> className,
        Map<String, String> annotations,
        Tls tls,
        Optional<String> controllerNamespace,
        Json.Obj explicit)
        implements AddressOffer {

    /** Where the certificate of an address is from. */
    public enum Tls {
        /** There is none; addresses begin with {@code http}. */
        NONE("None"),
        /** The controller has one for all addresses. */
        CONTROLLER("Controller"),
        /** An issuer writes one for each Ingress into a Secret, as its annotations say. */
        SECRET("Secret");

        private final String word;

        Tls(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public String scheme() {
            return this == NONE ? "http" : "https";
        }
    }
}

package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import java.util.Optional;

/** Reads how apps are reachable from outside: by Ingresses, or by a Gateway. */
final class AddressReader {
    static final String INGRESS = "ingress";
    static final String GATEWAY = "gateway";
    private static final String NO_DOMAIN =
            "is set without domain, below which the addresses of apps are; set domain, too";

    private AddressReader() {}

    /**
     * The one that is offered.
     *
     * @param at Settings
     * @param domain below which the addresses are
     */
    static Optional<AddressOffer> read(FieldReader at, Optional<String> domain) {
        var ingress = IngressReader.read(at.field(INGRESS));
        var gateway = GatewayReader.read(at.field(GATEWAY));
        if (ingress.isPresent() && gateway.isPresent()) {
            at.field(GATEWAY).error("is set together with ingress; remove one of the two");
        }
        if (domain.isEmpty()) {
            ingress.ifPresent(ignored -> at.field(INGRESS).error(NO_DOMAIN));
            gateway.ifPresent(ignored -> at.field(GATEWAY).error(NO_DOMAIN));
        }
        return gateway.<AddressOffer>map(some -> some).or(() -> ingress);
    }
}

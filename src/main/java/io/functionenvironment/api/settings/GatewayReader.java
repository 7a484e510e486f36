package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which Gateway serves the addresses of apps. */
final class GatewayReader {
    private static final String LISTENER = "Listener";
    private static final Pattern TLS = Pattern.compile("None|" + LISTENER);
    private static final String TLS_ALLOWED = "None or " + LISTENER;

    private GatewayReader() {}

    static Optional<GatewayOffer> read(FieldReader at) {
        at.only(Set.of("namespace", "name", "sectionName", "tls", "controllerNamespace"));
        if (!(at.value() instanceof Json.Obj)) {
            return Optional.empty();
        }
        var name = AppReader.allowedName("Gateway");
        return Optional.of(new GatewayOffer(
                at.field("namespace")
                        .required(AppReader.NAMESPACE_ALLOWED)
                        .text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED)
                        .orElse(""),
                at.field("name").required(name).text(AppReader.OBJECT, name).orElse(""),
                at.field("sectionName").text(AppReader.OBJECT, AppReader.allowedName("listener")),
                at.field("tls").text(TLS, TLS_ALLOWED).filter(LISTENER::equals).isPresent(),
                at.field("controllerNamespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED)));
    }
}

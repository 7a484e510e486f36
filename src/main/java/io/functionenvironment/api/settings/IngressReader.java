package io.functionenvironment.api.settings;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.settings.IngressOffer.Tls;
import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads with which Ingresses apps are reachable. */
final class IngressReader {
    private static final String TLS = Stream.of(Tls.values()).map(Tls::word).collect(Collectors.joining(", "));

    private IngressReader() {}

    static Optional<IngressOffer> read(FieldReader at) {
        at.only(Set.of("className", "annotations", "tls", "controllerNamespace"));
        if (at.object().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new IngressOffer(
                at.field("className").text(AppReader.OBJECT, AppReader.allowedName("IngressClass")),
                new LabelsReader(Map.of()).annotations(at.field("annotations")),
                tls(at.field("tls")),
                at.field("controllerNamespace").text(AppReader.NAMESPACE, AppReader.NAMESPACE_ALLOWED),
                at.object().orElse(Json.Obj.EMPTY)));
    }

    private static Tls tls(FieldReader at) {
        return at.text()
                .flatMap(text -> {
                    var tls = Stream.of(Tls.values())
                            .filter(some -> some.word().equals(text))
                            .findFirst();
                    if (tls.isEmpty()) {
                        at.error("is " + Redaction.of(text) + "; must be one of " + TLS);
                    }
                    return tls;
                })
                .orElse(Tls.NONE);
    }
}

package io.functionenvironment.conformance;

import java.util.List;
import java.util.stream.Stream;

/** An endpoint at which Crossplane, or its command line, calls functions. */
record Endpoint(String version, boolean tls) {
    static final List<Endpoint> PLAIN = Stream.of("v1", "v1beta1")
            .map(version -> new Endpoint(version, false))
            .toList();
    static final List<Endpoint> TLS = Stream.of("v1", "v1beta1")
            .map(version -> new Endpoint(version, true))
            .toList();
    static final List<Endpoint> ALL =
            Stream.concat(PLAIN.stream(), TLS.stream()).toList();

    String service() {
        return "apiextensions.fn.proto.%s.FunctionRunnerService".formatted(version);
    }

    @Override
    public String toString() {
        return version + (tls ? " over mutual TLS" : " without TLS");
    }
}

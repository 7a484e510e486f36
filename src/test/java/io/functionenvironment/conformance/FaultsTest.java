package io.functionenvironment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.FunctionServer;
import io.functionenvironment.server.ServerOptions;
import io.functionenvironment.server.ServerOptions.Parsed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The demands find what is wrong, and find nothing where nothing is. */
class FaultsTest {
    @Test
    void nothingIsFoundInAFunctionThatDoesNothing() throws IOException {
        serve(Fault::faultless, caller -> {
            var found = new Conformance();
            found.hold(caller);
            assertEquals(List.of(), found.lines(List.of(caller.way())));
        });
    }

    @TestFactory
    Stream<DynamicTest> eachFaultIsFound() {
        return Fault.ALL.stream()
                .map(fault -> dynamicTest(
                        fault.finds(),
                        () -> serve(
                                fault.function(),
                                caller -> assertNotEquals(
                                        List.of(), demand(fault.finds()).findings(caller)))));
    }

    @Test
    void aProgramThatHeedsNoCertificatesIsFound(@TempDir Path directory) throws IOException, InterruptedException {
        var careless = new ArrayList<>(Program.ours().command());
        careless.add("--insecure");
        try (var session = Session.start(new Program(careless), directory)) {
            assertEquals(
                    List.of(
                            "flag-tls-certs-dir",
                            "variable-tls-certs-dir",
                            "secure-by-default",
                            "no-certificates",
                            "tls-only",
                            "tls-1.2",
                            "tls-1.3",
                            "tls-not-1.1"),
                    Conformance.STARTED.stream()
                            .filter(demand -> !demand.findings(session).isEmpty())
                            .map(Demand::id)
                            .toList());
        }
    }

    private static Demand<Caller> demand(String id) {
        return Conformance.CALLED.stream()
                .filter(demand -> demand.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void serve(Function<PackedRequest, PackedResponse> function, Consumer<Caller> body)
            throws IOException {
        var flags = List.of("--insecure", "--address", Running.HOST + ":0", "--metrics-address", "none");
        if (!(ServerOptions.parse(flags, Map.of()) instanceof Parsed.Accepted(var options))) {
            throw new IllegalStateException("the flags are refused");
        }
        var way = Endpoint.PLAIN.getFirst();
        try (var server = FunctionServer.start(options, function, new PrintStream(OutputStream.nullOutputStream()));
                var caller = new Caller(
                        way,
                        () -> Session.channel(server.port(), Optional.empty()),
                        new Caller.Address(Running.HOST, server.port()),
                        List.of(Samples.neutral()),
                        Optional.empty())) {
            body.accept(caller);
        }
    }
}

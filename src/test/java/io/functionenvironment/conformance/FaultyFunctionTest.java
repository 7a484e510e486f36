package io.functionenvironment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.InvalidProtocolBufferException;
import io.functionenvironment.crossplane.wire.FunctionRequest;
import io.functionenvironment.crossplane.wire.FunctionResponse;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.packed.PackedResponse;
import io.functionenvironment.server.FunctionServer;
import io.functionenvironment.server.ServerOptions;
import io.functionenvironment.server.ServerOptions.Parsed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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

/** Each rule reports the function that violates it, and none reports a conforming function. */
class FaultyFunctionTest {
    @Test
    void conformingFunctionHasNoFindings() throws IOException {
        serve(FaultyFunction::conforming, client -> {
            var found = new Conformance();
            found.check(client);
            assertEquals(List.of(), found.lines(List.of(client.endpoint())));
        });
    }

    @TestFactory
    Stream<DynamicTest> eachViolationIsReported() {
        return FaultyFunction.ALL.stream()
                .map(fault -> dynamicTest(
                        fault.violates(),
                        () -> serve(
                                function(fault),
                                client -> assertNotEquals(
                                        List.of(), rule(fault.violates()).findings(client)))));
    }

    @Test
    void programThatIgnoresCertificatesIsReported(@TempDir Path directory) throws IOException, InterruptedException {
        var insecure = new ArrayList<>(Program.ours().command());
        insecure.add("--insecure");
        try (var session = Session.start(new Program(insecure), directory)) {
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
                    Conformance.OF_PROGRAMS.stream()
                            .filter(rule -> !rule.findings(session).isEmpty())
                            .map(Rule::id)
                            .toList());
        }
    }

    private static Rule<FunctionClient> rule(String id) {
        return Conformance.OF_CLIENTS.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Function<PackedRequest, PackedResponse> function(FaultyFunction faulty) {
        return request -> {
            var response = new FunctionResponse(FaultyFunction.conforming(request)).message().toBuilder();
            faulty.corruption().apply(new FunctionRequest(request).message(), response);
            try {
                return PackedResponse.parseFrom(response.build().toByteString());
            } catch (InvalidProtocolBufferException impossible) {
                throw new UncheckedIOException("both messages have the same bytes", impossible);
            }
        };
    }

    private static void serve(Function<PackedRequest, PackedResponse> function, Consumer<FunctionClient> body)
            throws IOException {
        var flags = List.of("--insecure", "--address", RunningProgram.HOST + ":0", "--metrics-address", "none");
        if (!(ServerOptions.parse(flags, Map.of()) instanceof Parsed.Accepted(var options))) {
            throw new IllegalStateException("the flags are rejected");
        }
        var endpoint = Endpoint.PLAIN.getFirst();
        try (var server = FunctionServer.start(options, function, new PrintStream(OutputStream.nullOutputStream()));
                var client = new FunctionClient(
                        endpoint,
                        () -> Session.channel(server.port(), Optional.empty()),
                        new FunctionClient.Address(RunningProgram.HOST, server.port()),
                        List.of(SampleRequests.neutral()),
                        Optional.empty())) {
            body.accept(client);
        }
    }
}

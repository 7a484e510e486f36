package io.functionenvironment.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.functionenvironment.Requests;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Our function conforms to all rules, through every endpoint. */
@TestInstance(Lifecycle.PER_CLASS)
class ConformanceTest {
    private final Session session;
    private final List<RunFunctionRequest> samples;
    private final List<FunctionClient> clients = new ArrayList<>();

    ConformanceTest(@TempDir Path directory) throws IOException, InterruptedException {
        session = Session.start(Program.ours(), directory);
        samples = List.of(
                SampleRequests.neutral(),
                Requests.of(Path.of("examples/platform")),
                Requests.of(Path.of("examples/states/kubeconfig-awaited")),
                Requests.of(Path.of("examples/states/one-app-failing")),
                Requests.of(Path.of("examples/states/one-app-removed")),
                Requests.of(Path.of("examples/states/everything-ready")));
    }

    @AfterAll
    void stop() {
        clients.forEach(FunctionClient::close);
        session.close();
    }

    @TestFactory
    Stream<DynamicContainer> called() {
        return Endpoint.ALL.stream()
                .map(endpoint -> dynamicContainer(
                        endpoint.toString(), tests(endpoint + ": ", Conformance.OF_CLIENTS, client(endpoint))));
    }

    @TestFactory
    Stream<DynamicTest> started() {
        return tests("", Conformance.OF_PROGRAMS, session);
    }

    @Test
    void packageNameStartsWithFunction() throws IOException {
        var name = Yaml.documents(Files.readString(Path.of("crossplane.yaml")))
                .getFirst()
                .text("metadata", "name");
        assertEquals(Optional.of("function-environment"), name);
    }

    private FunctionClient client(Endpoint endpoint) {
        try {
            var client = session.client(endpoint, samples);
            clients.add(client);
            return client;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static <S> Stream<DynamicTest> tests(String endpoint, List<Rule<S>> rules, S subject) {
        return rules.stream()
                .map(rule -> dynamicTest(
                        "%s%s: %s".formatted(endpoint, rule.level(), rule.sentence()),
                        () -> assertEquals(List.of(), rule.findings(subject), rule.id())));
    }
}

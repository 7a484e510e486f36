package io.functionenvironment.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.functionenvironment.proto.v1.CredentialData;
import io.functionenvironment.proto.v1.Credentials;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rules for unusual requests: each gets a response, if only a fatal result, and the next call is served. */
final class RobustnessRules {
    static final List<Rule<FunctionClient>> ALL = List.of(
            responds("empty-requests", "responds to requests without content", MalformedRequests::empty),
            responds(
                    "unexpected-types",
                    "responds whatever types the fields of the composite have",
                    MalformedRequests::types),
            responds("unexpected-texts", "responds whatever texts the names are", MalformedRequests::texts),
            responds(
                    "large-collections",
                    "responds to requests with thousands of resources and items",
                    LargeRequests::large),
            Rule.expected(
                    "unexpected-inputs",
                    "responds whatever the input, the context and the required resources are",
                    RobustnessRules::unexpectedInputs),
            responds("later-crossplane", "responds to a later Crossplane", MalformedRequests::later),
            responds(
                    "request-of-10-mib",
                    "responds to a request of 10 MiB",
                    good -> Map.of("10 MiB", LargeRequests.megabytes(good, 10))),
            Rule.expected(
                    "beyond-limits",
                    "rejects a request beyond its limits without breaking the connection, and serves the next call",
                    RobustnessRules::beyond),
            Rule.expected(
                    "response-fits",
                    "returns a fatal result instead of a response above Crossplane's limit of 4 MiB",
                    RobustnessRules::tooLarge),
            Rule.expected(
                    "secrets-stay-secret",
                    "exposes neither credentials nor connection details, in responses or in its log",
                    RobustnessRules::secrets));

    private static final String SECRET = "hunter2-correct-horse-battery-staple";

    private RobustnessRules() {}

    private static Rule<FunctionClient> responds(
            String id, String sentence, Function<RunFunctionRequest, Map<String, RunFunctionRequest>> requests) {
        return Rule.expected(
                id,
                sentence,
                (client, findings) -> requests.apply(SampleRequests.afterOtherSteps(client.good()))
                        .forEach((what, request) -> checkResponse(client, what, request, findings)));
    }

    private static void unexpectedInputs(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            MalformedRequests.unexpectedInputs(SampleRequests.afterOtherSteps(sample))
                    .forEach((what, request) -> checkResponse(client, what, request, findings));
        }
    }

    private static void checkResponse(
            FunctionClient client, String what, RunFunctionRequest request, Consumer<String> findings) {
        try {
            var response = client.call(request);
            if (!response.getMeta().getTag().equals(request.getMeta().getTag())) {
                findings.accept(what + ": the tag is lost");
            }
            if (!ImmediateControlPlane.isFatal(response) && !keepsResources(request, response)) {
                findings.accept(what + ": resources of other steps are missing");
            }
        } catch (StatusRuntimeException refused) {
            findings.accept("%s: the call ends with %s"
                    .formatted(what, refused.getStatus().getCode()));
        }
        stillServes(client, what, findings);
    }

    private static boolean keepsResources(RunFunctionRequest request, RunFunctionResponse response) {
        return response.getDesired()
                .getResourcesMap()
                .keySet()
                .containsAll(request.getDesired().getResourcesMap().keySet());
    }

    static void stillServes(FunctionClient client, String after, Consumer<String> findings) {
        try {
            client.call(client.good());
        } catch (StatusRuntimeException refused) {
            findings.accept("%s: the next call ends with %s"
                    .formatted(after, refused.getStatus().getCode()));
        }
    }

    private static void beyond(FunctionClient client, Consumer<String> findings) {
        var good = client.good();
        Map.of(
                        "20 MiB", LargeRequests.megabytes(good, 20).toByteArray(),
                        "400 levels", LargeRequests.deep(good, 400),
                        "3,000 levels", LargeRequests.deep(good, 3000))
                .forEach((what, request) -> {
                    var end = client.end(request);
                    if (TransportRules.UNINFORMATIVE.contains(end)) {
                        findings.accept(what + ": the call ends with " + end);
                    }
                    stillServes(client, what, findings);
                });
    }

    private static void tooLarge(FunctionClient client, Consumer<String> findings) {
        var request = client.good().toBuilder();
        for (var i = 0; i < 5; i++) {
            var large = Struct.newBuilder().putFields("text", SampleRequests.text("x".repeat(1024 * 1024)));
            request.getDesiredBuilder()
                    .putResources(
                            "large-" + i,
                            Resource.newBuilder().setResource(large).build());
        }
        var response = client.call(request.build());
        if (!ImmediateControlPlane.isFatal(response) && !keepsResources(request.build(), response)) {
            findings.accept("resources of other steps are missing");
        }
        stillServes(client, "5 MiB", findings);
    }

    private static void secrets(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            for (var exchange : Scenario.of(client, sample).exchanges()) {
                var response = client.call(withSecrets(exchange.request()));
                if (exposes(response)) {
                    findings.accept("they are in the response");
                }
            }
        }
        client.end(LargeRequests.deep(withSecrets(client.good()), 400));
        client.running()
                .filter(running -> exposes(running.log()))
                .ifPresent(running -> findings.accept("they are in the log"));
    }

    private static RunFunctionRequest withSecrets(RunFunctionRequest request) {
        var secret = ByteString.copyFromUtf8(SECRET);
        var changed = request.toBuilder()
                .putCredentials(
                        "cloud",
                        Credentials.newBuilder()
                                .setCredentialData(CredentialData.newBuilder().putData("password", secret))
                                .build());
        request.getObserved()
                .getResourcesMap()
                .forEach((name, resource) -> changed.getObservedBuilder()
                        .putResources(
                                name,
                                resource.toBuilder()
                                        .putConnectionDetails("password", secret)
                                        .putConnectionDetails("kubeconfig", secret)
                                        .build()));
        changed.getObservedBuilder().getCompositeBuilder().putConnectionDetails("password", secret);
        return changed.build();
    }

    private static boolean exposes(RunFunctionResponse response) {
        return exposes(new String(response.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    private static boolean exposes(String text) {
        var encoded = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
        return text.contains(SECRET) || text.contains(encoded);
    }
}

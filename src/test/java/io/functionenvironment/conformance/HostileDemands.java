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

/** What is asked of a function that is sent what nobody should send: an answer, if only a Fatal one, and a good one next. */
final class HostileDemands {
    static final List<Demand<Caller>> ALL = List.of(
            answers("hostile-empty", "answers requests that are about nothing", OddRequests::empty),
            answers("hostile-types", "answers whatever types are in the composite resource", OddRequests::types),
            answers("hostile-texts", "answers whatever texts are names", OddRequests::texts),
            answers("hostile-sizes", "answers requests with thousands of things in them", LargeRequests::large),
            Demand.expected(
                    "hostile-surroundings",
                    "answers whatever the input, the context and required resources are",
                    HostileDemands::surroundings),
            answers("hostile-later", "answers a later Crossplane", OddRequests::later),
            answers(
                    "hostile-10-mib",
                    "answers a request of 10 MiB",
                    good -> Map.of("10 MiB", LargeRequests.megabytes(good, 10))),
            Demand.expected(
                    "hostile-beyond",
                    "refuses what goes beyond its limits by itself, and goes on",
                    HostileDemands::beyond),
            Demand.expected(
                    "answer-fits",
                    "stops with a Fatal result where its answer would exceed the 4 MiB that Crossplane takes",
                    HostileDemands::tooLong),
            Demand.expected(
                    "secrets-stay-secret",
                    "shows neither credentials nor connection details, in answers or in its log",
                    HostileDemands::secrets));

    private static final String SECRET = "hunter2-correct-horse-battery-staple";

    private HostileDemands() {}

    private static Demand<Caller> answers(
            String id, String sentence, Function<RunFunctionRequest, Map<String, RunFunctionRequest>> requests) {
        return Demand.expected(
                id,
                sentence,
                (caller, seen) -> requests.apply(Samples.afterOthers(caller.good()))
                        .forEach((what, request) -> answered(caller, what, request, seen)));
    }

    private static void surroundings(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            OddRequests.surroundings(Samples.afterOthers(sample))
                    .forEach((what, request) -> answered(caller, what, request, seen));
        }
    }

    private static void answered(Caller caller, String what, RunFunctionRequest request, Consumer<String> seen) {
        try {
            var answer = caller.call(request);
            if (!answer.getMeta().getTag().equals(request.getMeta().getTag())) {
                seen.accept(what + ": the tag is lost");
            }
            if (!RecordedControlPlane.isFatal(answer) && !passesOn(request, answer)) {
                seen.accept(what + ": what other steps desire is gone");
            }
        } catch (StatusRuntimeException refused) {
            seen.accept("%s: the call ends with %s"
                    .formatted(what, refused.getStatus().getCode()));
        }
        goesOn(caller, what, seen);
    }

    private static boolean passesOn(RunFunctionRequest request, RunFunctionResponse answer) {
        return answer.getDesired()
                .getResourcesMap()
                .keySet()
                .containsAll(request.getDesired().getResourcesMap().keySet());
    }

    static void goesOn(Caller caller, String after, Consumer<String> seen) {
        try {
            caller.call(caller.good());
        } catch (StatusRuntimeException refused) {
            seen.accept("%s: the next call ends with %s"
                    .formatted(after, refused.getStatus().getCode()));
        }
    }

    private static void beyond(Caller caller, Consumer<String> seen) {
        var good = caller.good();
        Map.of(
                        "20 MiB", LargeRequests.megabytes(good, 20).toByteArray(),
                        "400 levels", LargeRequests.deep(good, 400),
                        "3,000 levels", LargeRequests.deep(good, 3000))
                .forEach((what, request) -> {
                    var end = caller.end(request);
                    if (BrokenDemands.ABRUPT.contains(end)) {
                        seen.accept(what + ": the call ends with " + end);
                    }
                    goesOn(caller, what, seen);
                });
    }

    private static void tooLong(Caller caller, Consumer<String> seen) {
        var request = caller.good().toBuilder();
        for (var i = 0; i < 5; i++) {
            var large = Struct.newBuilder().putFields("text", Samples.text("x".repeat(1024 * 1024)));
            request.getDesiredBuilder()
                    .putResources(
                            "large-" + i,
                            Resource.newBuilder().setResource(large).build());
        }
        var answer = caller.call(request.build());
        if (!RecordedControlPlane.isFatal(answer) && !passesOn(request.build(), answer)) {
            seen.accept("what other steps desire is gone");
        }
        goesOn(caller, "5 MiB", seen);
    }

    private static void secrets(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            for (var moment : Scenario.of(caller, sample).moments()) {
                var answer = caller.call(withSecrets(moment.request()));
                if (shows(answer)) {
                    seen.accept("it is in the answer");
                }
            }
        }
        caller.end(LargeRequests.deep(withSecrets(caller.good()), 400));
        caller.running().filter(running -> shows(running.log())).ifPresent(running -> seen.accept("it is in the log"));
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

    private static boolean shows(RunFunctionResponse answer) {
        return shows(new String(answer.toByteArray(), StandardCharsets.ISO_8859_1));
    }

    private static boolean shows(String text) {
        var encoded = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
        return text.contains(SECRET) || text.contains(encoded);
    }
}

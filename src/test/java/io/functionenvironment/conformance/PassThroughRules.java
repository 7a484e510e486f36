package io.functionenvironment.conformance;

import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.Value;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rules for what a response keeps of other steps of the pipeline. */
final class PassThroughRules {
    static final List<Rule<FunctionClient>> ALL = List.of(
            Rule.must(
                    "keeps-resources",
                    "keeps the resources that other steps desire: bodies, connection details and readiness",
                    PassThroughRules::resources),
            Rule.must(
                    "keeps-composite",
                    "keeps the status and the connection details that other steps desire of the composite",
                    PassThroughRules::composite),
            Rule.must("keeps-context", "keeps the context", PassThroughRules::context),
            Rule.must(
                    "keeps-unknown-fields",
                    "keeps unknown fields and enum values, of a later Crossplane, in what other steps desire",
                    PassThroughRules::unknown),
            Rule.expected(
                    "keeps-bytes",
                    "keeps, byte for byte, what other steps desire and the context, even where it cannot be parsed",
                    PassThroughBytes::check),
            Rule.should(
                    "keeps-names",
                    "does not replace a resource of another step with the same name: it fails, or keeps it",
                    PassThroughRules::names));

    private static final UnknownFieldSet LATER = UnknownFieldSet.newBuilder()
            .addField(1000, Field.newBuilder().addVarint(42).build())
            .build();

    private PassThroughRules() {}

    private static void resources(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            var request = SampleRequests.afterOtherSteps(sample);
            changes(request, client.call(request)).stream()
                    .filter(change -> change.startsWith(SampleRequests.EARLIER))
                    .forEach(findings);
        }
    }

    /** How the resources of other steps were changed. */
    static List<String> changes(RunFunctionRequest request, RunFunctionResponse response) {
        var now = response.getDesired().getResourcesMap();
        return new TreeMap<>(request.getDesired().getResourcesMap())
                .entrySet().stream()
                        .flatMap(entry ->
                                difference(entry.getValue(), Optional.ofNullable(now.get(entry.getKey()))).stream()
                                        .map(what -> "%s: %s".formatted(entry.getKey(), what)))
                        .toList();
    }

    private static Optional<String> difference(Resource before, Optional<Resource> after) {
        if (after.isEmpty()) {
            return Optional.of("is missing");
        }
        if (!after.get().getResource().equals(before.getResource())) {
            return Optional.of("has a different body");
        }
        if (!after.get().getConnectionDetailsMap().equals(before.getConnectionDetailsMap())) {
            return Optional.of(
                    after.get().getConnectionDetailsCount() == 0
                            ? "has lost its connection details"
                            : "has different connection details");
        }
        if (after.get().getReadyValue() != before.getReadyValue()) {
            return Optional.of("has a different readiness");
        }
        return after.get().getUnknownFields().equals(before.getUnknownFields())
                ? Optional.empty()
                : Optional.of("has lost unknown fields");
    }

    private static void composite(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            var request = SampleRequests.afterOtherSteps(sample);
            var was = request.getDesired().getComposite();
            var now = client.call(request).getDesired().getComposite();
            if (!now.getConnectionDetailsMap().equals(was.getConnectionDetailsMap())) {
                findings.accept("the connection details differ");
            }
            if (!ImmediateControlPlane.object(now.getResource(), "status")
                    .getFieldsOrDefault("earlier", Value.getDefaultInstance())
                    .equals(ImmediateControlPlane.object(was.getResource(), "status")
                            .getFieldsOrThrow("earlier"))) {
                findings.accept("the status has lost a field of an earlier step");
            }
        }
    }

    private static void context(FunctionClient client, Consumer<String> findings) {
        for (var sample : client.samples()) {
            var now = client.call(SampleRequests.afterOtherSteps(sample))
                    .getContext()
                    .getFieldsMap();
            new TreeMap<>(SampleRequests.context().getFieldsMap()).forEach((key, was) -> {
                if (!was.equals(now.get(key))) {
                    findings.accept(key + (now.containsKey(key) ? " differs" : " is missing"));
                }
            });
        }
    }

    private static void unknown(FunctionClient client, Consumer<String> findings) {
        var request = SampleRequests.afterOtherSteps(client.good()).toBuilder();
        var later = Resource.newBuilder()
                .setResource(Struct.newBuilder().putFields("kind", SampleRequests.text("Later")))
                .setReadyValue(77)
                .setUnknownFields(LATER)
                .build();
        request.getDesiredBuilder().putResources("later", later).setUnknownFields(LATER);
        var response = client.call(request.build());
        difference(
                        later,
                        Optional.ofNullable(
                                response.getDesired().getResourcesMap().get("later")))
                .ifPresent(what -> findings.accept("a resource " + what));
        if (!response.getDesired().getUnknownFields().equals(LATER)) {
            findings.accept("the desired state has lost unknown fields");
        }
    }

    private static void names(FunctionClient client, Consumer<String> findings) {
        for (var scenario : Scenario.all(client)) {
            var last = scenario.exchanges().getLast();
            for (var name : last.own().keySet()) {
                var request = last.request().toBuilder();
                var foreign = Struct.newBuilder()
                        .putFields("apiVersion", SampleRequests.text("v1"))
                        .putFields("kind", SampleRequests.text("ConfigMap"));
                request.getDesiredBuilder()
                        .putResources(
                                name, Resource.newBuilder().setResource(foreign).build());
                var response = client.call(request.build());
                if (!ImmediateControlPlane.isFatal(response)) {
                    changes(request.build(), response).forEach(findings);
                }
            }
        }
    }
}

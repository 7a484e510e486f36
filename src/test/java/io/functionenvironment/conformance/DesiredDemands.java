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

/** What is asked of an answer because other steps have a say too. */
final class DesiredDemands {
    static final List<Demand<Caller>> ALL = List.of(
            Demand.must(
                    "passes-resources-on",
                    "passes on what other steps desire: bodies, connection details and readiness",
                    DesiredDemands::resources),
            Demand.must(
                    "passes-composite-on",
                    "passes on what other steps say of the composite resource, and its connection details",
                    DesiredDemands::composite),
            Demand.must("passes-context-on", "passes on the context", DesiredDemands::context),
            Demand.must(
                    "passes-the-unknown-on",
                    "passes on fields and enum values of a later Crossplane in what other steps desire",
                    DesiredDemands::unknown),
            Demand.expected(
                    "passes-bytes-on",
                    "passes on, byte for byte, what other steps desire and the context, even where it cannot be read",
                    PassedBytes::all),
            Demand.should(
                    "keeps-names-of-others",
                    "does not take a name under which another step desires a resource: it stops, or leaves it alone",
                    DesiredDemands::names));

    private static final UnknownFieldSet LATER = UnknownFieldSet.newBuilder()
            .addField(1000, Field.newBuilder().addVarint(42).build())
            .build();

    private DesiredDemands() {}

    private static void resources(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            var request = Samples.afterOthers(sample);
            lost(request, caller.call(request)).stream()
                    .filter(lost -> lost.startsWith(Samples.EARLIER))
                    .forEach(seen);
        }
    }

    /** Which of the resources that others desire did not come through as they were. */
    static List<String> lost(RunFunctionRequest request, RunFunctionResponse answer) {
        var now = answer.getDesired().getResourcesMap();
        return new TreeMap<>(request.getDesired().getResourcesMap())
                .entrySet().stream()
                        .flatMap(entry ->
                                difference(entry.getValue(), Optional.ofNullable(now.get(entry.getKey()))).stream()
                                        .map(what -> "%s: %s".formatted(entry.getKey(), what)))
                        .toList();
    }

    private static Optional<String> difference(Resource was, Optional<Resource> now) {
        if (now.isEmpty()) {
            return Optional.of("is gone");
        }
        if (!now.get().getResource().equals(was.getResource())) {
            return Optional.of("has another body");
        }
        if (!now.get().getConnectionDetailsMap().equals(was.getConnectionDetailsMap())) {
            return Optional.of(
                    now.get().getConnectionDetailsCount() == 0
                            ? "has lost its connection details"
                            : "has other connection details");
        }
        if (now.get().getReadyValue() != was.getReadyValue()) {
            return Optional.of("has another readiness");
        }
        return now.get().getUnknownFields().equals(was.getUnknownFields())
                ? Optional.empty()
                : Optional.of("has lost fields");
    }

    private static void composite(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            var request = Samples.afterOthers(sample);
            var was = request.getDesired().getComposite();
            var now = caller.call(request).getDesired().getComposite();
            if (!now.getConnectionDetailsMap().equals(was.getConnectionDetailsMap())) {
                seen.accept("the connection details are others");
            }
            if (!RecordedControlPlane.object(now.getResource(), "status")
                    .getFieldsOrDefault("earlier", Value.getDefaultInstance())
                    .equals(RecordedControlPlane.object(was.getResource(), "status")
                            .getFieldsOrThrow("earlier"))) {
                seen.accept("the status has lost what an earlier step said");
            }
        }
    }

    private static void context(Caller caller, Consumer<String> seen) {
        for (var sample : caller.samples()) {
            var now = caller.call(Samples.afterOthers(sample)).getContext().getFieldsMap();
            new TreeMap<>(Samples.context().getFieldsMap()).forEach((key, was) -> {
                if (!was.equals(now.get(key))) {
                    seen.accept(key + (now.containsKey(key) ? " is another" : " is gone"));
                }
            });
        }
    }

    private static void unknown(Caller caller, Consumer<String> seen) {
        var request = Samples.afterOthers(caller.good()).toBuilder();
        var later = Resource.newBuilder()
                .setResource(Struct.newBuilder().putFields("kind", Samples.text("Later")))
                .setReadyValue(77)
                .setUnknownFields(LATER)
                .build();
        request.getDesiredBuilder().putResources("later", later).setUnknownFields(LATER);
        var answer = caller.call(request.build());
        difference(
                        later,
                        Optional.ofNullable(
                                answer.getDesired().getResourcesMap().get("later")))
                .ifPresent(what -> seen.accept("a resource " + what));
        if (!answer.getDesired().getUnknownFields().equals(LATER)) {
            seen.accept("the desired state has lost fields");
        }
    }

    private static void names(Caller caller, Consumer<String> seen) {
        for (var course : Scenario.all(caller)) {
            var last = course.moments().getLast();
            for (var name : last.own().keySet()) {
                var request = last.request().toBuilder();
                var foreign = Struct.newBuilder()
                        .putFields("apiVersion", Samples.text("v1"))
                        .putFields("kind", Samples.text("ConfigMap"));
                request.getDesiredBuilder()
                        .putResources(
                                name, Resource.newBuilder().setResource(foreign).build());
                var answer = caller.call(request.build());
                if (!RecordedControlPlane.isFatal(answer)) {
                    lost(request.build(), answer).forEach(seen);
                }
            }
        }
    }
}

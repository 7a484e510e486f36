package io.functionenvironment.crossplane.wire;

import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Ready;
import io.functionenvironment.proto.v1.ResourceSelector;
import io.functionenvironment.proto.v1.RunFunctionResponse;
import io.functionenvironment.proto.v1.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a response as Crossplane would, for code that simulates Crossplane. */
public record FunctionResponseReader(RunFunctionResponse message) {

    /** A condition or an event; the type of an event is its severity, and its status is empty. */
    public record Said(String type, String status, String reason, String message) {}

    /** Converts each desired resource. */
    public <T> Map<String, T> desired(java.util.function.BiFunction<Json.Obj, Boolean, T> make) {
        var desired = new TreeMap<String, T>();
        message.getDesired()
                .getResourcesMap()
                .forEach((name, resource) -> desired.put(
                        name,
                        make.apply(StructCodec.tree(resource.getResource()), resource.getReady() == Ready.READY_TRUE)));
        return desired;
    }

    public Json.Obj status() {
        return StructCodec.tree(message.getDesired().getComposite().getResource())
                .object("status");
    }

    /** Whether the composite is ready; empty if the response does not say so. */
    public Optional<Boolean> ready() {
        return switch (message.getDesired().getComposite().getReady()) {
            case READY_TRUE -> Optional.of(true);
            case READY_FALSE -> Optional.of(false);
            case READY_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    public List<Said> conditions() {
        return message.getConditionsList().stream()
                .map(condition -> new Said(
                        condition.getType(),
                        switch (condition.getStatus()) {
                            case STATUS_CONDITION_TRUE -> "True";
                            case STATUS_CONDITION_FALSE -> "False";
                            default -> "Unknown";
                        },
                        condition.getReason(),
                        condition.getMessage()))
                .toList();
    }

    /** All results but Fatal ones. */
    public List<Said> events() {
        return message.getResultsList().stream()
                .filter(result -> result.getSeverity() != Severity.SEVERITY_FATAL)
                .map(result -> new Said(
                        result.getSeverity() == Severity.SEVERITY_NORMAL ? "Normal" : "Warning",
                        "",
                        result.getReason(),
                        result.getMessage()))
                .toList();
    }

    public Optional<String> fatal() {
        return message.getResultsList().stream()
                .filter(result -> result.getSeverity() == Severity.SEVERITY_FATAL)
                .map(result -> result.getMessage())
                .findFirst();
    }

    public Optional<Duration> ttl() {
        var ttl = message.getMeta().getTtl();
        return ttl.getSeconds() == 0 && ttl.getNanos() == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(ttl.getSeconds(), ttl.getNanos()));
    }

    /** Converts each requirement. */
    public <T> Map<String, T> requirements(Function<Selector, T> make) {
        var required = new TreeMap<String, T>();
        message.getRequirements()
                .getResourcesMap()
                .forEach((name, selector) -> required.put(name, make.apply(Selector.of(selector))));
        return required;
    }

    /** The resources that a requirement selects. */
    public record Selector(
            String apiVersion,
            String kind,
            Optional<String> name,
            Map<String, String> labels,
            Optional<String> namespace) {

        private static Selector of(ResourceSelector selector) {
            return new Selector(
                    selector.getApiVersion(),
                    selector.getKind(),
                    selector.hasMatchName() ? Optional.of(selector.getMatchName()) : Optional.empty(),
                    selector.getMatchLabels().getLabelsMap(),
                    selector.hasNamespace() ? Optional.of(selector.getNamespace()) : Optional.empty());
        }
    }
}

package io.functionenvironment.crossplane.wire;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.packed.PackedRequest;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A request as values. Bodies are views of the message, and what is only passed on stays packed. */
public record FunctionRequest(PackedRequest packed) {

    /** A request in the protocol's own type, which only callers use. */
    public FunctionRequest(RunFunctionRequest message) {
        this(Messages.retyped(message, PackedRequest.parser()));
    }

    /** What exists. */
    public Observed observed() {
        var resources = new LinkedHashMap<String, ObservedResource>();
        new TreeMap<>(packed.getObserved().getResourcesMap())
                .forEach((name, resource) -> resources.put(name, resource(resource)));
        var required = new TreeMap<String, List<ObservedResource>>();
        packed.getRequiredResourcesMap()
                .keySet()
                .forEach(name -> required.put(name, required(name).orElse(List.of())));
        return Observed.of(resource(packed.getObserved().getComposite()), resources, required);
    }

    /** The step's input, if it has one. */
    public Optional<Json> input() {
        return packed.hasInput() ? Optional.of(StructCodec.tree(packed.getInput())) : Optional.empty();
    }

    /**
     * What a requirement found. Crossplane before 2.0 answers in {@code extra_resources}.
     *
     * @return empty until Crossplane has looked; an empty list if it found nothing
     */
    public Optional<List<ObservedResource>> required(String name) {
        var found = Optional.ofNullable(packed.getRequiredResourcesMap().get(name))
                .or(() -> Optional.ofNullable(packed.getExtraResourcesMap().get(name)));
        return found.map(Resources::getItemsList)
                .map(items -> items.stream().map(FunctionRequest::resource).toList());
    }

    /** Whether an earlier step desires a resource of this name. */
    public boolean desires(String name) {
        return packed.getDesired().containsResources(name);
    }

    /**
     * The request in the protocol's own type.
     *
     * @throws IllegalStateException if something that is only passed on is not a message
     */
    public RunFunctionRequest message() {
        return Messages.retyped(packed, RunFunctionRequest.parser());
    }

    private static ObservedResource resource(Resource resource) {
        return new ObservedResource(
                StructCodec.tree(resource.getResource()),
                resource.getConnectionDetailsMap().entrySet().stream()
                        .filter(detail -> !detail.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}

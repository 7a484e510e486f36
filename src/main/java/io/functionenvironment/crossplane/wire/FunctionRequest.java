package io.functionenvironment.crossplane.wire;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.json.Json;
import io.functionenvironment.proto.v1.Resource;
import io.functionenvironment.proto.v1.Resources;
import io.functionenvironment.proto.v1.RunFunctionRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a request says, without the form it says it in. */
public record FunctionRequest(RunFunctionRequest message) {

    /** What exists. */
    public Observed observed() {
        var resources = new LinkedHashMap<String, ObservedResource>();
        new TreeMap<>(message.getObserved().getResourcesMap())
                .forEach((name, resource) -> resources.put(name, resource(resource)));
        var lookups = new TreeMap<String, List<ObservedResource>>();
        message.getRequiredResourcesMap().keySet().stream()
                .filter(name -> name.startsWith(Observed.LOOKUP))
                .forEach(name -> lookups.put(name, required(name).orElse(List.of())));
        return Observed.of(resource(message.getObserved().getComposite()), resources, lookups);
    }

    /** The step's input, if it has one. */
    public Optional<Json> input() {
        return message.hasInput() ? Optional.of(StructCodec.tree(message.getInput())) : Optional.empty();
    }

    /**
     * What was found for a requirement.
     *
     * @return empty as long as Crossplane has not looked; an empty list if it found nothing
     */
    @SuppressWarnings("deprecation") // Crossplane before 2.0 knows only the older of the two fields.
    public Optional<List<ObservedResource>> required(String name) {
        var found = Optional.ofNullable(message.getRequiredResourcesMap().get(name))
                .or(() -> Optional.ofNullable(message.getExtraResourcesMap().get(name)));
        return found.map(Resources::getItemsList)
                .map(items -> items.stream().map(FunctionRequest::resource).toList());
    }

    /** Whether an earlier step desires a resource under a name. */
    public boolean desires(String name) {
        return message.getDesired().containsResources(name);
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

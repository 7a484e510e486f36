package io.functionenvironment.addon.knative;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.addon.AddonPlan.StatusSection;
import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Decision;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.status.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code status.knative}.
 *
 * @param halves those that are requested, and if the request cannot be read, those that exist
 */
record KnativeStatus(List<Half> halves, List<Component> components, Observed observed) implements StatusSection {

    @Override
    public List<Json.Field> fields(Progress progress) {
        return halves.isEmpty()
                ? List.of()
                : List.of(field(
                        Knative.NAME,
                        obj(Arrays.stream(Half.values())
                                .filter(halves::contains)
                                .map(half -> field(half.field(), half(half, progress)))
                                .toArray(Json.Field[]::new))));
    }

    private Json.Obj half(Half half, Progress progress) {
        var decision = progress.requested(Knative.OWNER)
                .filter(one -> one.name().equals(half.component()))
                .findFirst();
        var manifest =
                observed.get(half.component()).map(ProviderKubernetes::manifest).orElse(Json.Obj.EMPTY);
        return obj(
                field("ready", decision.filter(Decision::ready).isPresent()),
                text("version", KnativeVersion.installed(manifest)),
                text("domain", domain(half)),
                field("message", decision.map(progress::sentence).orElseGet(progress::notCarriedOut)));
    }

    private Optional<String> domain(Half half) {
        return components.stream()
                .filter(component -> component.name().equals(half.component()))
                .flatMap(component -> component.resource() instanceof KubernetesObject object
                        ? CustomResource.domain(object.manifest()).stream()
                        : Stream.empty())
                .findFirst();
    }
}

package io.functionenvironment.addon.apps;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.addon.AddonPlan.StatusSection;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.ComponentState;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.Json;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.Release;
import io.functionenvironment.status.Progress;
import io.functionenvironment.status.Sentences;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code status.apps}.
 *
 * @param valid those that can be carried out
 * @param releases the components of apps that start or exist
 */
record AppStatus(Set<String> requested, Map<String, ResolvedApp> valid, Map<String, Component> releases, Inputs inputs)
        implements StatusSection {

    @Override
    public List<Json.Field> fields(Progress progress) {
        var apps = requested.stream().map(name -> app(name, progress)).toList();
        return List.of(
                text(
                        "url",
                        apps.stream().flatMap(app -> app.text("url").stream()).findFirst()),
                field("apps", apps));
    }

    private Json.Obj app(String name, Progress progress) {
        var owner = new Owner.App(name);
        var release = Optional.ofNullable(releases.get(name))
                .flatMap(component ->
                        component.resource() instanceof Release some ? Optional.of(some) : Optional.empty());
        // The version behind a digest is known to the provider alone.
        var installed = inputs.observed().get(Apps.component(name)).flatMap(ProviderHelm::version);
        return obj(
                field("name", name),
                text("namespace", release.map(some -> some.target().namespace())),
                text("chart", release.flatMap(some -> some.chart().name())),
                text("version", release.flatMap(some -> some.chart().version()).or(() -> installed)),
                field("ready", progress.ready(owner)),
                text(
                        "url",
                        Optional.of(name)
                                .filter(ignored -> progress.ready(owner))
                                .flatMap(this::url)),
                field("message", message(owner, progress) + kept(name) + unreachable(name, progress.ready(owner))));
    }

    private Optional<String> url(String app) {
        return addresses().flatMap(object -> object.url(app, inputs.observed()));
    }

    private Optional<AddressObject> addresses() {
        return inputs.settings().addresses().map(AddressObject::of);
    }

    /** Why an app that is ready has no address, although it asks for one. */
    private String unreachable(String app, boolean ready) {
        return addresses()
                .filter(ignored -> ready && isExposed(app))
                .flatMap(object -> object.notServed(app, inputs.observed()))
                .map("; has no address: "::concat)
                .orElse("");
    }

    private boolean isExposed(String app) {
        return Optional.ofNullable(valid.get(app))
                .flatMap(resolved -> resolved.app().installation().exposure())
                .isPresent();
    }

    /** The values of other resources that are gone. */
    private String kept(String name) {
        return Optional.ofNullable(valid.get(name)).stream()
                .flatMap(app -> app.kept().stream())
                .map(value -> "; keeps the last value of " + Sentences.of(value))
                .collect(Collectors.joining());
    }

    /** An app that is installed and not ready waits for workloads, which have names of their own. */
    private static String message(Owner owner, Progress progress) {
        var unready =
                progress.requested(owner).filter(decision -> !decision.ready()).toList();
        var workloads = unready.stream()
                .filter(decision -> decision.state() instanceof ComponentState.Progressing)
                .flatMap(decision -> decision.component().resource() instanceof KubernetesObject object
                                && object.policies() == ManagementPolicies.OBSERVE
                        ? Stream.of(AppWorkloads.words(object))
                        : Stream.empty())
                .toList();
        return workloads.isEmpty() || workloads.size() < unready.size()
                ? progress.sentence(owner)
                : "is installed and waits for " + String.join(", ", workloads);
    }
}

package io.functionenvironment.graph;

import io.functionenvironment.crossplane.observed.Observed;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.Meta;
import io.functionenvironment.resource.Release;
import io.functionenvironment.resource.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is ours and still there, though Crossplane has forgotten it. */
public record UntrackedResources(Observed observed) {
    /** The requirement by which we find Releases. */
    public static final String RELEASES = "leftovers";
    /** The requirement by which we find Objects. */
    public static final String OBJECTS = "former";

    /** The apps whose uninstalling was begun, as the Environment's status remembers. */
    public List<String> leaving() {
        return observed.composite().body().items("status", "leaving").stream()
                .flatMap(left -> left.text("name").stream())
                .toList();
    }

    /** The forgotten Releases, or empty if nobody looked yet. */
    public Optional<List<ObservedResource>> releases() {
        return observed.releases().map(this::forgotten);
    }

    /** The forgotten resource of a component; empty as well if nobody looked. */
    public Optional<ObservedResource> of(String component) {
        return Stream.of(observed.releases(), observed.objects())
                .flatMap(Optional::stream)
                .flatMap(found -> forgotten(found).stream())
                .filter(found -> found.label(Meta.COMPONENT).equals(Optional.of(component)))
                .findFirst();
    }

    /**
     * The forgotten Releases of this Environment that are uninstalled from its cluster when they go, by component. Those
     * that a former Environment of this name left are not ours to change.
     */
    public Map<String, ObservedResource> dropped() {
        var dropped = new TreeMap<String, ObservedResource>();
        for (var found : releases().orElse(List.of())) {
            Resource.read(found)
                    .filter(resource -> resource instanceof Release release
                            && release.policy().deletes()
                            && release.local()
                            && owned(found))
                    .ifPresent(resource -> dropped.putIfAbsent(resource.meta().component(), found));
        }
        return dropped;
    }

    /** Whether a resource's former self is there, or might be because nobody has looked. */
    public boolean mayBe(Resource resource) {
        var looked = switch (resource) {
            case Release ignored -> observed.releases().isPresent();
            case KubernetesObject ignored -> observed.objects().isPresent();
            default -> true;
        };
        return !looked
                || of(resource.meta().component())
                        .filter(found -> found.deleting() || !own(found))
                        .isPresent();
    }

    /** Whether it is this Environment's. If it is not on its way out, it only lost the mark by which we are shown it. */
    private boolean own(ObservedResource found) {
        return found.annotation("crossplane.io/composition-resource-name").isEmpty() && owned(found);
    }

    private boolean owned(ObservedResource found) {
        var uid = observed.composite().body().text("metadata", "uid");
        return uid.isPresent()
                && found.body().items("metadata", "ownerReferences").stream()
                        .anyMatch(owner -> owner.text("uid").equals(uid));
    }

    private List<ObservedResource> forgotten(List<ObservedResource> found) {
        return found.stream()
                .filter(resource -> !observed.sees(resource))
                .sorted(Comparator.comparing(ObservedResource::name))
                .toList();
    }
}

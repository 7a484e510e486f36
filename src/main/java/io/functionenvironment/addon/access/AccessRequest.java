package io.functionenvironment.addon.access;

import static io.functionenvironment.json.Json.field;

import io.functionenvironment.addon.AddonPlan;
import io.functionenvironment.addon.AddonRequest;
import io.functionenvironment.addon.DependencyNames;
import io.functionenvironment.cluster.ClusterTarget;
import io.functionenvironment.cluster.Demands;
import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Inputs;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.resource.KubernetesObject;
import io.functionenvironment.resource.ManagementPolicies;
import io.functionenvironment.resource.ObjectKey;
import io.functionenvironment.status.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Access as the platform requests it.
 *
 * @param cluster empty while it is not known
 */
record AccessRequest(Inputs inputs, Optional<ClusterTarget> cluster) implements AddonRequest {
    private static final String FIELD = "Settings spec.access";

    @Override
    public Map<String, Demands> demands() {
        return Map.of(Access.OWNER.type(), Demands.OBJECTS);
    }

    @Override
    public AddonPlan plan(Optional<ClusterTarget> target, DependencyNames names) {
        var open = open(target);
        var roles = open.map(this::roles).orElse(List.of());
        var components = components(target);
        var people = open.flatMap(some -> SignInKubeconfig.of(some, inputs));
        if (components.isEmpty() && target.isPresent()) {
            return AddonPlan.NONE;
        }
        return new AddonPlan(
                components,
                Optional.of(new Subject.Single(
                        Access.CONDITION, "Access", Access.OWNER, open.isPresent(), Optional.empty())),
                progress -> List.of(field(Access.OWNER.type(), new AccessStatus(roles, people).json(progress))),
                List.of());
    }

    @Override
    public AddonRequest in(Optional<ClusterTarget> target) {
        return new AccessRequest(inputs, target);
    }

    @Override
    public Map<ObjectKey, String> objects() {
        return components(cluster).stream()
                .flatMap(component -> component.resource() instanceof KubernetesObject object
                                && object.policies() != ManagementPolicies.OBSERVE
                        ? Stream.of(object.key())
                        : Stream.empty())
                .collect(Collectors.toMap(key -> key, ignored -> FIELD, (one, same) -> one));
    }

    /** In a cluster that others use, too, a role may allow what isolates the Environments from each other. */
    private static Optional<ClusterTarget> open(Optional<ClusterTarget> target) {
        return target.filter(some -> some.kubernetes().isPresent())
                .filter(some -> some.sharing().trusted());
    }

    private List<Component> components(Optional<ClusterTarget> target) {
        return open(target).map(some -> components(some, roles(some))).orElseGet(this::kept);
    }

    private List<RoleObjects> roles(ClusterTarget target) {
        var team = inputs.environment().identity().namespace();
        return inputs.settings().access().roles().stream()
                .map(role -> new RoleObjects(role, role.subjects(team), target))
                .toList();
    }

    private static List<Component> components(ClusterTarget target, List<RoleObjects> roles) {
        var components = new ArrayList<Component>();
        if (!roles.isEmpty()) {
            new AccountNamespace(target).component().ifPresent(components::add);
        }
        roles.forEach(role -> components.addAll(role.components()));
        target.signIn().ifPresent(ignored -> components.add(SignInKubeconfig.certificate(target)));
        return components;
    }

    private List<Component> kept() {
        return new ObservedComponents(
                        inputs.observed(), inputs.environment().identity().hash())
                .kept(Access.OWNER::equals);
    }
}

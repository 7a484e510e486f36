package io.functionenvironment.addon.access;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.items;
import static io.functionenvironment.json.Json.obj;
import static io.functionenvironment.json.Json.text;

import io.functionenvironment.json.Json;
import io.functionenvironment.status.Progress;
import java.util.List;
import java.util.Optional;

/**
 * {@code status.access}.
 *
 * @param people the kubeconfig for those who sign in; empty if nobody does
 */
record AccessStatus(List<RoleObjects> roles, Optional<SignInKubeconfig> people) {

    Json.Obj json(Progress progress) {
        return obj(
                field("ready", progress.ready(Access.OWNER)),
                field("message", progress.sentence(Access.OWNER)),
                text("tunnel", people.flatMap(SignInKubeconfig::tunnel)),
                text("kubeconfig", people.flatMap(SignInKubeconfig::text)),
                items("roles", roles.stream().<Json>map(RoleObjects::describe).toList()));
    }
}

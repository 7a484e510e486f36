package io.functionenvironment.api.argocd;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.flag;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * An Argo CD Application as requested.
 *
 * @param sources one or more
 * @param namespace the namespace of what is synchronized, where a manifest names none
 * @param sync when Argo CD changes something by itself; empty if only somebody else starts a synchronization
 * @param options of Argo CD's synchronization, such as {@code ServerSideApply=true}
 * @param deletesWorkloads whether what was synchronized is deleted with the Application
 */
public record Application(
        List<Source> sources, String namespace, Optional<Sync> sync, List<String> options, boolean deletesWorkloads) {

    /**
     * What Argo CD does by itself.
     *
     * @param prune whether it deletes what is no longer in the repository
     * @param selfHeal whether it undoes what somebody else changed
     */
    public record Sync(boolean prune, boolean selfHeal) {}

    /** The {@code syncPolicy} in the form of an Application. */
    public Json.Obj syncPolicy() {
        return obj(
                field("automated", sync.map(some -> obj(flag("prune", some.prune), flag("selfHeal", some.selfHeal)))),
                Json.items(
                        "syncOptions",
                        options.stream().<Json>map(Json.Text::new).toList()));
    }

    /** The first source, which the status shows. */
    public Source first() {
        return sources.getFirst();
    }
}

package io.functionenvironment.addon.manifests;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.addon.AddonPlan.StatusSection;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Merge;
import io.functionenvironment.status.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code status.manifests}. */
record ManifestStatus(Set<String> requested, Map<String, Manifest> read) implements StatusSection {

    @Override
    public List<Json.Field> fields(Progress progress) {
        return requested.isEmpty()
                ? List.of()
                : List.of(field(
                        Manifest.OWNER,
                        requested.stream().map(name -> manifest(name, progress)).toList()));
    }

    private Json.Obj manifest(String name, Progress progress) {
        var owner = Manifests.owner(name);
        var described =
                Optional.ofNullable(read.get(name)).map(Manifest::describe).orElseGet(() -> obj(field("name", name)));
        return Merge.over(
                described, obj(field("ready", progress.ready(owner)), field("message", progress.sentence(owner))));
    }
}

package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;

/** provider-helm, for namespaced Releases. */
record HelmProvider(ProviderConfigs configs, Charts charts, InjectedFaults mishaps, Timeline timeline)
        implements External.Provider {

    @Override
    public String apiVersion() {
        return "helm.m.crossplane.io/v1beta1";
    }

    @Override
    public String kind() {
        return "Release";
    }

    @Override
    public External connect(Json.Obj managed) {
        return new HelmRelease(managed, configs.resolve(managed), charts, mishaps, timeline);
    }

    /** A field that the provider's own types cannot leave out. */
    @Override
    public Json.Obj written(Json.Obj managed) {
        var path = new String[] {"spec", "forProvider", "chart", "pullSecretRef"};
        return managed.at(path).isPresent() ? managed : JsonEdit.set(managed, obj(field("name", "")), path);
    }

    @Override
    public Duration poll(Json.Obj managed, Duration usual) {
        return usual;
    }
}

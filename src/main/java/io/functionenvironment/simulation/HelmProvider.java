package io.functionenvironment.simulation;

import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.time.Duration;

/** provider-helm, for namespaced Releases. */
record HelmProvider(ProviderConfigs configs, Charts charts, InjectedFaults faults, VirtualClock clock)
        implements ExternalClient.Provider {

    @Override
    public String apiVersion() {
        return "helm.m.crossplane.io/v1beta1";
    }

    @Override
    public String kind() {
        return "Release";
    }

    @Override
    public ExternalClient connect(Json.Obj managed) {
        return new HelmRelease(managed, configs.resolve(managed), charts, faults, clock);
    }

    /** The provider's Go types cannot omit the empty pullSecretRef. */
    @Override
    public Json.Obj serialized(Json.Obj managed) {
        var path = new String[] {"spec", "forProvider", "chart", "pullSecretRef"};
        return managed.at(path).isPresent() ? managed : JsonEdit.set(managed, obj(field("name", "")), path);
    }

    @Override
    public Duration pollInterval(Json.Obj managed, Duration configured) {
        return configured;
    }
}

package io.functionenvironment.simulation;

import io.functionenvironment.tree.Tree;
import java.time.Duration;

/** provider-helm, for namespaced Releases. */
record HelmProvider(ProviderConfigs configs, Charts charts, Mishaps mishaps, Timeline timeline)
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
    public External connect(Tree.Obj managed) {
        return new HelmRelease(managed, configs.resolve(managed), charts, mishaps, timeline);
    }

    @Override
    public Duration poll(Tree.Obj managed, Duration usual) {
        return usual;
    }
}

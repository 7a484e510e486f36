package io.functionenvironment.simulation;

import static io.functionenvironment.tree.Tree.obj;

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

    /** A field that the provider's own types cannot leave out. */
    @Override
    public Tree.Obj written(Tree.Obj managed) {
        var path = new String[] {"spec", "forProvider", "chart", "pullSecretRef"};
        return managed.at(path).isPresent() ? managed : Edit.set(managed, obj("name", ""), path);
    }

    @Override
    public Duration poll(Tree.Obj managed, Duration usual) {
        return usual;
    }
}

package io.functionenvironment.resource;

import io.functionenvironment.crossplane.observed.Gvk;
import io.functionenvironment.crossplane.observed.ObservedResource;
import io.functionenvironment.crossplane.provider.CrossplaneCore;
import io.functionenvironment.crossplane.provider.ProviderHelm;
import io.functionenvironment.crossplane.provider.ProviderKubernetes;
import java.util.Map;
import java.util.function.Function;

/**
 * How each type is read back, in whatever version Crossplane presents it; a type that is not listed is read as a
 * {@link ManagedResource}.
 */
final class ResourceTypes {
    private static final Map<Gvk, Function<ObservedResource, Resource>> READERS = Map.of(
            ProviderHelm.RELEASE, Release::read,
            ProviderKubernetes.OBJECT, KubernetesObject::read,
            ProviderHelm.PROVIDER_CONFIG, ProviderConfig::read,
            ProviderKubernetes.PROVIDER_CONFIG, ProviderConfig::read,
            ConfigMap.GVK, ConfigMap::read,
            CrossplaneCore.USAGE, Usage::read);

    private ResourceTypes() {}

    static Resource read(ObservedResource observed) {
        return READERS.entrySet().stream()
                .filter(reader -> reader.getKey().sameKind(observed.gvk()))
                .findFirst()
                .<Function<ObservedResource, Resource>>map(Map.Entry::getValue)
                .orElse(ManagedResource::read)
                .apply(observed);
    }
}

package io.functionenvironment.addon.apps;

import io.functionenvironment.graph.Component;
import io.functionenvironment.graph.Dependency;
import io.functionenvironment.graph.Location;
import io.functionenvironment.graph.ObservedComponents;
import io.functionenvironment.graph.Owner;
import io.functionenvironment.json.Digest;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import io.functionenvironment.resource.ConfigMap;
import io.functionenvironment.resource.Tracking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ConfigMaps with values of catalog entries, which Releases read. provider-helm does not watch ConfigMaps. So each content has a
 * ConfigMap of its own, and other content changes the Release.
 */
record ValuesConfigMaps(ObservedComponents observed) {
    private static final String PREFIX = "values-";

    /** A component's name is also a label, of at most 63 characters. */
    private static final int DIGITS = 12;

    /** The one that the values of an app need. */
    Optional<Component> of(ResolvedApp resolved) {
        return resolved.values().base().map(values -> {
            var text = Yaml.compact(values);
            var digest = Digest.of(new Json.Text(text)).substring(0, DIGITS);
            var app = resolved.app().name();
            return Component.requested(
                    PREFIX + app + "-" + digest,
                    new ConfigMap(Map.of(AppValues.KEY, text)),
                    new Owner.App(app),
                    Location.HOST,
                    List.of());
        });
    }

    /**
     * Those of an app that exist and have to stay.
     *
     * @param kept whether the app stays as it is. Otherwise only what the Release that exists depends on stays
     */
    List<Component> staying(String app, boolean kept) {
        var owner = new Owner.App(app);
        var named = observed.observed().get(Apps.component(app)).stream()
                .flatMap(release -> release.annotation(Tracking.DEPENDS_ON).flatMap(Dependency::parse).stream())
                .flatMap(List::stream)
                .map(Dependency::on);
        var owned = kept ? observed.kept(owner::equals).stream().map(Component::name) : Stream.<String>empty();
        return Stream.concat(named, owned)
                .distinct()
                .filter(name -> observed.observed()
                        .get(name)
                        .filter(seen -> seen.gvk().sameKind(ConfigMap.GVK))
                        .isPresent())
                .flatMap(name -> observed.kept(name, owner).stream())
                .toList();
    }
}

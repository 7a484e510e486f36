package io.functionenvironment.addon.manifests;

import io.functionenvironment.api.app.AppReader;
import io.functionenvironment.api.settings.ManifestRules;
import io.functionenvironment.json.FieldReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code spec.manifests}.
 *
 * @param read the items with a readable name, as far as they can be read, with what they depend on implicitly
 * @param valid the names of those without errors
 * @param listed whether the name of every item could be read. If not, an item that is missing may be requested
 */
record ManifestList(Map<String, Manifest> read, Set<String> valid, boolean listed) {
    private static final int MOST = 50;

    static ManifestList read(FieldReader at, ManifestRules rules) {
        var read = new LinkedHashMap<String, Manifest>();
        var valid = new HashSet<String>();
        var reader = new ManifestReader(rules);
        var before = at.errorCount();
        var items = at.items(MOST);
        var listed = at.errorCount() == before || !items.isEmpty();
        for (var item : items) {
            var errors = at.errorCount();
            var manifest = reader.manifest(item);
            if (!AppReader.NAME.matcher(manifest.name()).matches()) {
                listed = false;
            } else if (read.putIfAbsent(manifest.name(), manifest) != null) {
                item.error("is a second manifest named \"" + manifest.name() + "\"; rename one of them");
                // None of the two is known to be the intended one.
                valid.remove(manifest.name());
            } else if (at.errorCount() == errors) {
                valid.add(manifest.name());
            }
        }
        refuseSameObjects(at, read, valid);
        read.replaceAll((name, manifest) -> withImplicit(manifest, read));
        return new ManifestList(read, valid, listed);
    }

    /** Two items for one object would overwrite each other, and when one goes, so would the object. */
    private static void refuseSameObjects(FieldReader at, Map<String, Manifest> read, Set<String> valid) {
        var first = new HashMap<String, Manifest>();
        for (var manifest : read.values()) {
            if (valid.contains(manifest.name())) {
                var other = first.putIfAbsent(manifest.component(), manifest);
                if (other != null) {
                    at.error(
                            manifest.path() + ".manifest",
                            "is the same object as in " + other.path() + "; remove one of them");
                    valid.remove(manifest.name());
                    valid.remove(other.name());
                }
            }
        }
    }

    private static Manifest withImplicit(Manifest manifest, Map<String, Manifest> read) {
        return manifest.dependingOn(Stream.concat(
                        manifest.dependsOn().stream(),
                        read.values().stream()
                                .filter(other -> !other.name().equals(manifest.name()) && manifest.needs(other))
                                .map(Manifest::name))
                .distinct()
                .collect(Collectors.toList()));
    }
}

package io.functionenvironment.charts;

import io.functionenvironment.api.app.SetItem;
import io.functionenvironment.api.app.ValuePath;
import io.functionenvironment.json.Json;
import java.util.List;
import java.util.Optional;

/** A field of a request or of Settings in which values are written. */
public sealed interface Source {
    /** The field that has what is at a place; empty if it has nothing there. */
    Optional<String> field(List<String> location);

    /** The field that has something below a place; empty if it has nothing there. */
    Optional<String> below(List<String> location);

    /** An object with values, which has a path for each. */
    record Values(String path, Json.Obj values) implements Source {
        @Override
        public Optional<String> field(List<String> location) {
            return Pointer.at(values, location).map(ignored -> Pointer.path(path, values, location));
        }

        @Override
        public Optional<String> below(List<String> location) {
            return field(location);
        }
    }

    /** A field that has the values of a few paths. */
    record Paths(String path, List<ValuePath> paths) implements Source {
        /** An item of {@code set}. */
        public static Paths of(String path, SetItem item) {
            return new Paths(path, item.paths().orElse(List.of()));
        }

        @Override
        public Optional<String> field(List<String> location) {
            var place = new ValuePath(location);
            return paths.stream().anyMatch(place::within) ? Optional.of(path) : Optional.empty();
        }

        @Override
        public Optional<String> below(List<String> location) {
            var place = new ValuePath(location);
            return !location.isEmpty() && paths.stream().anyMatch(place::overlaps)
                    ? Optional.of(path)
                    : Optional.empty();
        }
    }

    /** Another one, except for what is locked. */
    record Unlocked(Source open, List<ValuePath> locked) implements Source {
        @Override
        public Optional<String> field(List<String> location) {
            return locked(location) ? Optional.empty() : open.field(location);
        }

        @Override
        public Optional<String> below(List<String> location) {
            return locked(location) ? Optional.empty() : open.below(location);
        }

        private boolean locked(List<String> location) {
            return locked.stream().anyMatch(new ValuePath(location)::within);
        }
    }
}

package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What we ship: the function works with nothing else. */
final class Defaults {
    static final Json.Obj TREE = load();
    static final Settings SETTINGS = settings();

    private Defaults() {}

    private static Json.Obj load() {
        try (var in = Defaults.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) {
                throw new IllegalStateException("defaults.yaml is missing from the jar");
            }
            return Yaml.documents(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getFirst()
                    .object("spec");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Settings settings() {
        var errors = new FieldErrors();
        var settings = SettingsReader.read("spec", TREE, Json.Obj.EMPTY, errors);
        if (!errors.isEmpty()) {
            throw new IllegalStateException("defaults.yaml: " + errors);
        }
        return settings;
    }
}

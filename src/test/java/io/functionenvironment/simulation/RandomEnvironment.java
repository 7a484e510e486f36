package io.functionenvironment.simulation;

import static io.functionenvironment.json.JsonLiteral.obj;

import io.functionenvironment.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random desired Environment, and random changes of it. */
final class RandomEnvironment {
    static final String REPOSITORY = "https://charts.example.org/team";
    private static final List<String> NAMES = List.of("api", "web", "db", "queue", "cache", "mail");

    private final Random random;
    private final Map<String, Json.Obj> apps = new LinkedHashMap<>();
    private String size = "small";

    RandomEnvironment(Random random) {
        this.random = random;
        var count = random.nextInt(4);
        for (var i = 0; i < count; i++) {
            add();
        }
    }

    List<String> names() {
        return List.copyOf(apps.keySet());
    }

    Json.Obj settings() {
        return obj(
                "limits", obj("chartRepositories", List.of(REPOSITORY)),
                "host", obj("composeNamespace", random.nextInt(5) > 0),
                "catalog", obj("podinfo", obj("values", obj("note", random.nextInt(3)))));
    }

    /** Settings that would give a new cluster other values, but must not change the existing one. */
    Json.Obj other(Json.Obj settings) {
        return switch (random.nextInt(6)) {
            case 0 -> JsonEdit.set(settings, "other" + random.nextInt(3), "host", "providerConfig");
            case 1 -> JsonEdit.set(settings, "e" + random.nextInt(3) + "-", "host", "namespacePrefix");
            case 2 -> JsonEdit.set(settings, !settings.isTrue("host", "composeNamespace"), "host", "composeNamespace");
            case 3 -> {
                var changed = settings;
                for (var each : List.of("small", "medium", "large")) {
                    changed = JsonEdit.set(changed, random.nextInt(1, 9) + "Gi", "sizes", each, "vcluster", "storage");
                }
                yield changed;
            }
            case 4 -> JsonEdit.set(settings, random.nextInt(3), "catalog", "podinfo", "values", "note");
            default ->
                JsonEdit.set(
                        settings, "v" + random.nextInt(9), "vcluster", "values", "controlPlane", "advanced", "note");
        };
    }

    /** Returns what restores the present apps. */
    Runnable remember() {
        var before = new LinkedHashMap<>(apps);
        return () -> {
            apps.clear();
            apps.putAll(before);
        };
    }

    Json.Obj body() {
        return obj(
                "apiVersion",
                "platform.internal/v1beta1",
                "kind",
                "Environment",
                "metadata",
                obj("name", "dev", "namespace", "team-a"),
                "spec",
                obj("size", size, "apps", List.copyOf(apps.values())));
    }

    /** Makes one change, and returns its description for the log. */
    String edit() {
        return switch (random.nextInt(4)) {
            case 0 -> {
                add();
                yield "add an app";
            }
            case 1 -> remove();
            case 2 -> upgrade();
            default -> {
                size = List.of("small", "medium", "large").get(random.nextInt(3));
                yield "size " + size;
            }
        };
    }

    private void add() {
        var free = NAMES.stream().filter(name -> !apps.containsKey(name)).toList();
        if (free.isEmpty()) {
            return;
        }
        var name = free.get(random.nextInt(free.size()));
        var others = new ArrayList<>(apps.keySet());
        others.removeIf(other -> random.nextInt(3) > 0);
        var app = obj("name", name, "values", obj("replicas", random.nextInt(3)), "wait", random.nextInt(3) == 0);
        app = random.nextBoolean()
                ? JsonEdit.set(app, "podinfo", "catalog")
                : JsonEdit.set(app, obj("repository", REPOSITORY, "name", "chart", "version", "1.0.0"), "chart");
        if (random.nextBoolean()) {
            var source = obj("secretKeyRef", obj("name", "values", "optional", true));
            app = JsonEdit.set(app, new Json.Arr(List.of(source)), "valuesFrom");
        }
        apps.put(name, others.isEmpty() ? app : JsonEdit.set(app, Json.texts(others), "dependsOn"));
    }

    /** Removes an app with all apps that depend on it. */
    String remove() {
        if (apps.isEmpty()) {
            return "nothing";
        }
        var removed = new ArrayList<>(List.of(names().get(random.nextInt(apps.size()))));
        for (var more = true; more; ) {
            more = false;
            for (var app : List.copyOf(apps.values())) {
                var name = app.text("name").orElse("");
                if (!removed.contains(name)
                        && removed.stream()
                                .anyMatch(on -> app.items("dependsOn").contains(new Json.Text(on)))) {
                    removed.add(name);
                    more = true;
                }
            }
        }
        removed.forEach(apps::remove);
        return "remove " + removed;
    }

    private String upgrade() {
        if (apps.isEmpty()) {
            return "nothing";
        }
        var name = names().get(random.nextInt(apps.size()));
        apps.computeIfPresent(name, (key, app) -> JsonEdit.set(app, random.nextInt(1000), "values", "replicas"));
        return "upgrade " + name;
    }
}

package io.functionenvironment.bench;

import static io.functionenvironment.bench.Json.map;
import static io.functionenvironment.bench.Json.struct;

import io.functionenvironment.proto.v1.Resource;
import java.util.List;
import java.util.stream.IntStream;

/** What a team asks for. */
final class Asked {
    private Asked() {}

    static Resource environment(int apps) {
        var body = map(
                "apiVersion",
                "platform.internal/v1beta1",
                "kind",
                "Environment",
                "metadata",
                Provider.metadata("dev", map()),
                "spec",
                map(
                        "size",
                        "small",
                        "apps",
                        IntStream.rangeClosed(1, apps).mapToObj(Asked::app).toList()));
        return Resource.newBuilder().setResource(struct(body)).build();
    }

    private static Object app(int number) {
        return map(
                "name",
                "app-" + number,
                "catalog",
                "podinfo",
                "values",
                map(
                        "replicaCount",
                        2,
                        "ui",
                        map("message", "Hello from app " + number, "color", "#34577c"),
                        "resources",
                        map("requests", map("cpu", "50m", "memory", "64Mi"), "limits", map("memory", "128Mi")),
                        "ingress",
                        map(
                                "enabled",
                                true,
                                "hosts",
                                List.of(map(
                                        "host",
                                        "app-%d.dev.example.org".formatted(number),
                                        "paths",
                                        List.of(map("path", "/", "pathType", "Prefix")))))));
    }
}

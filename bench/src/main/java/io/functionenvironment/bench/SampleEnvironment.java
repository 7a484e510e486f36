package io.functionenvironment.bench;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.stream.IntStream;

/** An Environment with a number of apps, each with some values. */
final class SampleEnvironment {
    private SampleEnvironment() {}

    static Json.Obj of(int apps) {
        return obj(
                field("apiVersion", "platform.internal/v1beta1"),
                field("kind", "Environment"),
                field("metadata", obj(field("name", "dev"), field("namespace", "team-a"))),
                field(
                        "spec",
                        obj(
                                field("size", "small"),
                                field(
                                        "apps",
                                        IntStream.rangeClosed(1, apps)
                                                .mapToObj(SampleEnvironment::app)
                                                .toList()))));
    }

    private static Json app(int number) {
        var host = obj(
                field("host", "app-%d.dev.example.org".formatted(number)),
                field("paths", arr(obj(field("path", "/"), field("pathType", "Prefix")))));
        return obj(
                field("name", "app-" + number),
                field("catalog", "podinfo"),
                field(
                        "values",
                        obj(
                                field("replicaCount", 2),
                                field(
                                        "ui",
                                        obj(field("message", "Hello from app " + number), field("color", "#34577c"))),
                                field(
                                        "resources",
                                        obj(
                                                field("requests", obj(field("cpu", "50m"), field("memory", "64Mi"))),
                                                field("limits", obj(field("memory", "128Mi"))))),
                                field("ingress", obj(field("enabled", true), field("hosts", arr(host)))))));
    }
}

package io.functionenvironment.bench;

import static io.functionenvironment.json.Json.arr;
import static io.functionenvironment.json.Json.field;
import static io.functionenvironment.json.Json.obj;

import io.functionenvironment.json.Json;
import java.util.stream.IntStream;

/** An Environment with a number of apps, each with some values. */
final class SampleEnvironment {
    static final String NAMESPACE = "team-a";

    private SampleEnvironment() {}

    /** @param own whether the apps have charts of their own, and not of the catalog */
    static Json.Obj of(int apps, boolean own) {
        return obj(
                field("apiVersion", "platform.internal/v1beta1"),
                field("kind", "Environment"),
                field("metadata", obj(field("name", "dev"), field("namespace", NAMESPACE))),
                field(
                        "spec",
                        obj(
                                field("size", "small"),
                                field(
                                        "apps",
                                        IntStream.rangeClosed(1, apps)
                                                .mapToObj(number -> app(number, own))
                                                .toList()))));
    }

    private static Json.Obj chart(int number) {
        return obj(
                field("repository", SampleSettings.REPOSITORY),
                field("name", "service-" + number),
                field("version", "1.0.0"));
    }

    private static Json app(int number, boolean own) {
        var host = obj(
                field("host", "app-%d.dev.example.org".formatted(number)),
                field("paths", arr(obj(field("path", "/"), field("pathType", "Prefix")))));
        return obj(
                field("name", "app-" + number),
                own ? field("chart", chart(number)) : field("catalog", "podinfo"),
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

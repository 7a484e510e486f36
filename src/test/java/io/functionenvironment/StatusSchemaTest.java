package io.functionenvironment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.functionenvironment.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The API server rejects a status with a field that the XRD does not have, and Crossplane then cannot proceed. */
class StatusSchemaTest {

    @TestFactory
    Stream<DynamicTest> everyFieldOfTheStatusIsInTheSchema() {
        return Stream.of("package/configuration/definition.yaml", "examples/own-kind/definition.yaml")
                .map(file -> DynamicTest.dynamicTest(file, () -> {
                    var schema = Requests.documents(Path.of(file))
                            .getFirst()
                            .items("spec", "versions")
                            .getFirst()
                            .object("schema", "openAPIV3Schema", "properties", "status");
                    var unknown = new ArrayList<String>();
                    for (var response : documents("response.yaml")) {
                        unknown(
                                response.at("composite", "resource", "status").orElseThrow(),
                                schema,
                                "status",
                                unknown);
                    }
                    // The status that Crossplane observes in the examples: crossplane resource validate checks it too.
                    for (var environment : documents("environment.yaml")) {
                        environment.at("status").ifPresent(status -> unknown(status, schema, "status", unknown));
                    }
                    unknown.removeIf("status.conditions"::equals); // Crossplane adds them to the schema
                    assertEquals(List.of(), unknown.stream().distinct().toList());
                }));
    }

    private static List<Json> documents(String name) throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            var documents = new ArrayList<Json>();
            for (var file : files.filter(path -> path.endsWith(name)).toList()) {
                documents.addAll(Requests.documents(file));
            }
            return documents;
        }
    }

    private static void unknown(Json value, Json schema, String path, List<String> unknown) {
        switch (value) {
            case Json.Obj(var fields) ->
                fields.forEach((key, field) -> schema.at("properties", key)
                        .ifPresentOrElse(
                                next -> unknown(field, next, path + "." + key, unknown),
                                () -> unknown.add(path + "." + key)));
            case Json.Arr(var items) ->
                items.forEach(item -> unknown(item, schema.object("items"), path + "[]", unknown));
            default -> {}
        }
    }
}

package io.functionenvironment.cli;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * The schema of a chart's values, as far as it says which keys and types there are: {@code properties}, {@code items},
 * {@code additionalProperties}, {@code type} and references to {@code $defs}.
 *
 * @param root the content of {@code values.schema.json}
 */
record ChartSchema(Json root) {
    private static final String FILE = "values.schema.json";
    private static final int BLOCK = 512;

    /**
     * Reads the schema of a chart.
     *
     * @param chart its directory, its archive, or the schema itself
     * @throws IOException if it cannot be read, or has no schema
     */
    static ChartSchema read(File chart) throws IOException {
        var text = chart.isDirectory()
                ? Files.readString(chart.toPath().resolve(FILE))
                : chart.getName().endsWith(".tgz") ? inArchive(chart) : Files.readString(chart.toPath());
        return new ChartSchema(Yaml.documents(text).stream().findFirst().orElse(Json.Obj.EMPTY));
    }

    /** An archive of Helm has the schema in a folder with the name of the chart. */
    private static String inArchive(File archive) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(archive.toPath()))) {
            for (var header = in.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = in.readNBytes(BLOCK)) {
                var size = Long.parseLong(text(header, 124, 12).strip(), 8);
                if (Path.of(text(header, 0, 100))
                        .equals(Path.of(text(header, 0, 100).split("/", -1)[0], FILE))) {
                    return new String(in.readNBytes(Math.toIntExact(size)), StandardCharsets.UTF_8);
                }
                skip(in, (size + BLOCK - 1) / BLOCK * BLOCK);
            }
        }
        throw new IOException("contains no " + FILE);
    }

    private static String text(byte[] header, int from, int length) {
        var end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static void skip(InputStream in, long count) throws IOException {
        in.skipNBytes(count);
    }

    /** Reports every key that the chart does not have, and every value of a wrong type. */
    void check(FieldReader values) {
        check(values, root);
    }

    private void check(FieldReader at, Json given) {
        var schema = given.text("$ref").flatMap(this::resolve).orElse(given);
        if (!at.present()) {
            return;
        }
        var type = schema.text("type").orElse("");
        if (!type.isEmpty() && !matches(at.value(), type)) {
            at.error("is " + at.value().kind() + "; must be of type " + type + " in the chart");
            return;
        }
        switch (at.value()) {
            case Json.Obj(var fields) ->
                fields.keySet().stream().sorted().forEach(key -> checkField(at.field(key), key, schema));
            case Json.Arr ignored ->
                schema.at("items")
                        .ifPresent(items -> at.items(Integer.MAX_VALUE).forEach(item -> check(item, items)));
            default -> {}
        }
    }

    private void checkField(FieldReader field, String key, Json schema) {
        var properties = schema.object("properties").fields();
        var others = schema.at("additionalProperties");
        if (properties.get(key) instanceof Json property) {
            check(field, property);
        } else if (others.equals(Optional.of(new Json.Bool(false)))) {
            field.error("is not a value of the chart; known here are "
                    + String.join(", ", new TreeSet<>(properties.keySet())));
        } else {
            others.ifPresent(other -> check(field, other));
        }
    }

    private Optional<Json> resolve(String reference) {
        return root.at("$defs", reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static boolean matches(Json value, String type) {
        return switch (type) {
            case "object" -> value instanceof Json.Obj;
            case "array" -> value instanceof Json.Arr;
            case "string" -> value instanceof Json.Text;
            case "boolean" -> value instanceof Json.Bool;
            case "integer" -> value instanceof Json.Num(var number) && number == Math.rint(number);
            case "number" -> value instanceof Json.Num;
            default -> true;
        };
    }
}

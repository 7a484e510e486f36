package io.functionenvironment.cli;

import io.functionenvironment.catalog.RequestableType;
import io.functionenvironment.charts.Tar;
import io.functionenvironment.json.FieldErrors;
import io.functionenvironment.json.InvalidYaml;
import io.functionenvironment.json.Json;
import io.functionenvironment.json.Yaml;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Reads the types that CompositeResourceDefinitions define: in files, folders and packages. */
final class DefinitionFiles {
    /** The file of a package that contains its objects. */
    private static final String PACKAGE = "package.yaml";

    /** Layers with objects are small; larger ones contain programs. */
    private static final int LARGEST_LAYER = 64 << 20;

    private static final int GZIP = 0x8b1f;

    private DefinitionFiles() {}

    /**
     * The types in a file, a folder or a package, or on standard input.
     *
     * @param errors receives what cannot be read, and a file that defines no type
     */
    static List<RequestableType> read(File file, List<String> errors) {
        var before = errors.size();
        var found = new LinkedHashSet<RequestableType>();
        if (file.getName().endsWith(".xpkg")) {
            objects(file, errors).forEach(object -> add(file.getPath(), object, found, errors));
        } else {
            DocumentFiles.everyFile(file)
                    .forEach(each -> DocumentFiles.all(each, file.isDirectory() ? new ArrayList<>() : errors)
                            .forEach(document -> add(each, document.tree(), found, errors)));
        }
        if (found.isEmpty() && errors.size() == before) {
            errors.add(file + ": contains no CompositeResourceDefinition");
        }
        return List.copyOf(found);
    }

    private static void add(String file, Json object, Set<RequestableType> found, List<String> errors) {
        if (RequestableType.isDefinedBy(object)) {
            var own = new FieldErrors();
            RequestableType.of(object, own).ifPresent(found::add);
            own.list().forEach(error -> errors.add(file + ": " + error));
        }
    }

    /** The objects of a package, which is an archive of an OCI image. */
    private static List<Json> objects(File file, List<String> errors) {
        var objects = new ArrayList<Json>();
        try (var in = Files.newInputStream(Path.of(file.getPath()))) {
            archive(in, objects);
        } catch (IOException | InvalidYaml bad) {
            errors.add(file + ": cannot read the package: " + bad.getMessage());
        }
        return objects;
    }

    /** Layers are archives in the archive. What else is compressed in a layer is of no interest. */
    private static void archive(InputStream in, List<Json> objects) throws IOException {
        Tar.files(in, (path, content) -> {
            if (path.getLast().equals(PACKAGE)) {
                objects.addAll(Yaml.documents(TextFile.text(content.read(LARGEST_LAYER))));
                return;
            }
            var name = path.getLast();
            if (name.endsWith(".gz") || name.endsWith(".tgz") || path.getFirst().equals("blobs")) {
                layer(content, objects);
            }
        });
    }

    private static void layer(Tar.Content content, List<Json> objects) throws IOException {
        if (content.size() > LARGEST_LAYER) {
            return;
        }
        var bytes = content.read(LARGEST_LAYER);
        var compressed = bytes.length > 1 && ((bytes[0] & 0xff) | (bytes[1] & 0xff) << 8) == GZIP;
        if (compressed) {
            try (var layer = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                archive(layer, objects);
            }
        }
    }
}

package io.functionenvironment.charts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** The files at the top of a chart: in its directory, or in its archive, which has them in a folder. */
final class ChartArchive {
    private static final int LARGEST = 16 << 20;

    private ChartArchive() {}

    /** Those of the wanted files that there are. */
    static Map<String, String> read(Path chart, Set<String> wanted) throws IOException {
        if (!Files.isDirectory(chart)) {
            try (var in = new GZIPInputStream(Files.newInputStream(chart))) {
                return unpacked(in, wanted);
            }
        }
        var files = new HashMap<String, String>();
        for (var name : wanted) {
            if (Files.isRegularFile(chart.resolve(name))) {
                files.put(name, Files.readString(chart.resolve(name)));
            }
        }
        return files;
    }

    private static Map<String, String> unpacked(InputStream in, Set<String> wanted) throws IOException {
        var files = new HashMap<String, String>();
        Tar.files(in, (path, content) -> {
            if (path.size() == 2 && wanted.contains(path.getLast())) {
                files.put(path.getLast(), new String(content.read(LARGEST), StandardCharsets.UTF_8));
            }
        });
        return files;
    }
}

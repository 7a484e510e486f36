package io.functionenvironment.charts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The files at the top of a chart: in its directory, or in its archive, which has them in a folder. */
final class ChartArchive {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE = 156;
    private static final int OCTAL = 8;
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
        for (var header = in.readNBytes(BLOCK);
                header.length == BLOCK && header[0] != 0;
                header = in.readNBytes(BLOCK)) {
            var size = size(header);
            var path = Stream.of(text(header, 0, NAME).split("/", -1))
                    .filter(part -> !part.isEmpty() && !part.equals("."))
                    .toList();
            var file = header[TYPE] == '0' || header[TYPE] == 0;
            if (file && path.size() == 2 && wanted.contains(path.getLast())) {
                if (size > LARGEST) {
                    throw new IOException(path.getLast() + " has more than " + LARGEST + " bytes");
                }
                files.put(path.getLast(), new String(in.readNBytes((int) size), StandardCharsets.UTF_8));
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            } else {
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
            }
        }
        return files;
    }

    private static long size(byte[] header) throws IOException {
        try {
            return Long.parseUnsignedLong(text(header, SIZE, SIZE_LENGTH).strip(), OCTAL);
        } catch (NumberFormatException bad) {
            throw new IOException("is not a tar archive", bad);
        }
    }

    private static String text(byte[] header, int from, int length) {
        var end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}

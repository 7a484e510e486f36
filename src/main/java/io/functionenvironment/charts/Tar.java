package io.functionenvironment.charts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Reads tar archives, in the form of ustar. */
public final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE = 156;
    private static final int OCTAL = 8;

    private Tar() {}

    /** Receives the files of an archive. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A file.
         *
         * @param path its folders and its name
         * @param content to be read now, or not at all
         */
        void file(List<String> path, Content content) throws IOException;
    }

    /** The content of a file. */
    public static final class Content {
        private final String name;
        private final long size;
        private final InputStream in;
        private long read;

        private Content(String name, long size, InputStream in) {
            this.name = name;
            this.size = size;
            this.in = in;
        }

        public long size() {
            return size;
        }

        /**
         * Reads it; once only.
         *
         * @throws IOException also if it has more bytes than this
         */
        public byte[] read(int most) throws IOException {
            if (size > most) {
                throw new IOException(name + " has more than " + most + " bytes");
            }
            read = size;
            return in.readNBytes((int) size);
        }
    }

    /** Visits the files of an archive that is not compressed. */
    public static void files(InputStream in, Visitor visitor) throws IOException {
        for (var header = in.readNBytes(BLOCK);
                header.length == BLOCK && header[0] != 0;
                header = in.readNBytes(BLOCK)) {
            var size = size(header);
            var content = new Content(text(header, 0, NAME), size, in);
            if (header[TYPE] == '0' || header[TYPE] == 0) {
                visitor.file(
                        Stream.of(text(header, 0, NAME).split("/", -1))
                                .filter(part -> !part.isEmpty() && !part.equals("."))
                                .toList(),
                        content);
            }
            in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK - content.read);
        }
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

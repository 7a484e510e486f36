package io.functionenvironment.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text in UTF-8. */
final class TextFile {
    private static final int BYTE = 0xff;

    private TextFile() {}

    /** A file is not UTF-8. The message continues a sentence that begins with the name of the file. */
    static final class NotUtf8 extends IOException {
        private static final long serialVersionUID = 1;

        NotUtf8(String message) {
            super(message);
        }
    }

    /** @param file a path, or - for standard input */
    static String read(String file) throws IOException {
        return text(file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file)));
    }

    static String text(byte[] bytes) throws NotUtf8 {
        if (bytes.length > 1 && (begins(bytes, BYTE, BYTE - 1) || begins(bytes, BYTE - 1, BYTE))) {
            throw new NotUtf8("is not UTF-8, but UTF-16; save it as UTF-8");
        }
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
            var line = 1;
            for (var i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new NotUtf8("line " + line + " is not UTF-8; save the file as UTF-8");
        }
        return out.flip().toString();
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return (bytes[0] & BYTE) == first && (bytes[1] & BYTE) == second;
    }
}

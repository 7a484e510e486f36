package io.functionenvironment.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a directory of certificates holds at a moment, as text. Equal to another if no file has changed.
 *
 * @param directory has tls.crt, tls.key and ca.crt
 */
public record CertificateFiles(Path directory, String chain, String key, String authorities) {
    public static final String CHAIN = "tls.crt";
    public static final String KEY = "tls.key";
    public static final String AUTHORITIES = "ca.crt";

    private static final int MOST_READS = 5;

    /**
     * Reads them as they are together: the kubelet replaces all at once, but they are read one after the other.
     *
     * @throws IOException with a sentence that names the file that cannot be read
     */
    public static CertificateFiles read(Path directory) throws IOException {
        var before = readOnce(directory);
        for (var reads = 1; reads < MOST_READS; reads++) {
            var after = readOnce(directory);
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        throw new IOException("cannot use %s: its files change all the time".formatted(directory));
    }

    private static CertificateFiles readOnce(Path directory) throws IOException {
        return new CertificateFiles(
                directory,
                text(directory.resolve(CHAIN)),
                text(directory.resolve(KEY)),
                text(directory.resolve(AUTHORITIES)));
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot read %s: there is no such file".formatted(file), e);
        } catch (IOException e) {
            throw new IOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The place, never the key. */
    @Override
    public String toString() {
        return "certificates in " + directory;
    }
}

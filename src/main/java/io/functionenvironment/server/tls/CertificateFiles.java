package io.functionenvironment.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of the files in a directory of certificates. Two values are equal if no file has changed.
 *
 * @param directory contains tls.crt, tls.key and ca.crt
 */
public record CertificateFiles(Path directory, String chain, String key, String authorities) {
    public static final String CHAIN = "tls.crt";
    public static final String KEY = "tls.key";
    public static final String AUTHORITIES = "ca.crt";

    private static final int MAX_READS = 5;

    /**
     * Reads a consistent set of files: the kubelet replaces all at once, but they are read one after the other.
     *
     * @throws IOException if a file cannot be read; the message names it
     */
    public static CertificateFiles read(Path directory) throws IOException {
        var before = readOnce(directory);
        for (var reads = 1; reads < MAX_READS; reads++) {
            var after = readOnce(directory);
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        throw new IOException("cannot use %s: its files keep changing".formatted(directory));
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
            throw new IOException("cannot read %s: no such file".formatted(file), e);
        } catch (IOException e) {
            throw new IOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Contains the directory, never the key. */
    @Override
    public String toString() {
        return "certificates in " + directory;
    }
}

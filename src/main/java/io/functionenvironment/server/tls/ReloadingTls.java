package io.functionenvironment.server.tls;

import io.functionenvironment.server.logging.Log;
import io.functionenvironment.server.metrics.Metrics;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/**
 * TLS with the certificates that a directory contains when a client connects. The files are read for each connection,
 * because connections are few: no file watch is needed, and no connection uses certificates that were replaced before.
 * Each set of certificates has its own context, so that no session outlives the authority that accepted it.
 */
public final class ReloadingTls extends SslContext {
    private final Path directory;
    private final Log log;
    private final Metrics.CertificateReads reads;
    private volatile Current current;
    private String lastError = "";

    /**
     * @param files that were read last
     * @param used whether the certificates are from these files; older ones are in use if these files are invalid
     */
    private record Current(CertificateFiles files, boolean used, Certificates certificates, SslContext tls) {}

    /** @throws IOException if the directory contains no usable certificates; the message names the file */
    public ReloadingTls(Path directory, Metrics metrics, Log log) throws IOException {
        this.directory = directory;
        this.log = log;
        var files = CertificateFiles.read(directory);
        var certificates = Certificates.of(files);
        this.current = new Current(files, true, certificates, Tls.mutual(certificates));
        if (!certificates.valid(Instant.now())) {
            log.warn("the certificate in %s has expired or is not valid yet, so clients will reject it"
                    .formatted(directory.resolve(CertificateFiles.CHAIN)));
        }
        this.reads = metrics.certificates(this::expiry);
        reads.succeeded();
    }

    /** Synchronized, because a thread that read older files must not replace the certificates of newer ones. */
    private synchronized Current current() {
        try {
            var files = CertificateFiles.read(directory);
            if (!files.equals(current.files)) {
                change(files);
            } else if (current.used) {
                lastError = "";
            }
        } catch (IOException unusable) {
            // The volume may be missing for a moment or for good; the current certificates are still valid.
            reject(unusable);
        }
        return current;
    }

    private void change(CertificateFiles files) throws IOException {
        current = new Current(files, false, current.certificates, current.tls);
        var certificates = Certificates.of(files);
        var now = Instant.now();
        if (current.certificates.valid(now) && !certificates.valid(now)) {
            throw new IOException(
                    "cannot use %s: its certificate is expired or not valid yet, and the previous one is still valid"
                            .formatted(directory.resolve(CertificateFiles.CHAIN)));
        }
        current = new Current(files, true, certificates, Tls.mutual(certificates));
        reads.succeeded();
        lastError = "";
        log.info("loaded new certificates, valid until " + Certificates.expiry(certificates.chain()));
    }

    /** Logs an error once, because every scrape and every connection finds it again. */
    private void reject(IOException error) {
        var message = String.valueOf(error.getMessage());
        if (!message.equals(lastError)) {
            lastError = message;
            reads.failed();
            log.warn(message + "; the previous certificates stay in use");
        }
    }

    private Map<String, Instant> expiry() {
        var certificates = current().certificates;
        return Map.of(
                CertificateFiles.CHAIN, Certificates.expiry(certificates.chain()),
                CertificateFiles.AUTHORITIES, Certificates.expiry(certificates.authorities()));
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return current().tls.newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peer, int port) {
        return current().tls.newEngine(allocator, peer, port);
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return current.tls.cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // deprecated, but abstract in the supertype
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.tls.applicationProtocolNegotiator();
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.tls.sessionContext();
    }
}

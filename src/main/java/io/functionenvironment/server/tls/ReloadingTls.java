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
 * TLS with the certificates that are in a directory when a connection comes in. They are looked at with each connection,
 * of which there are few: so nothing has to watch them, and no connection is made with what was replaced before it. Each
 * set gets a context of its own, so that no session outlives the authority that it was accepted by.
 */
public final class ReloadingTls extends SslContext {
    private final Path directory;
    private final Log log;
    private final Metrics.CertificateReads reads;
    private volatile Current current;
    private String refusal = "";

    /**
     * @param seen the files last looked at
     * @param used whether the certificates are those of these files, or older ones because these are of no use
     */
    private record Current(CertificateFiles seen, boolean used, Certificates certificates, SslContext tls) {}

    /** @throws IOException with a sentence, where there are no certificates to begin with */
    public ReloadingTls(Path directory, Metrics metrics, Log log) throws IOException {
        this.directory = directory;
        this.log = log;
        var files = CertificateFiles.read(directory);
        var certificates = Certificates.of(files);
        this.current = new Current(files, true, certificates, Tls.mutual(certificates));
        if (!certificates.valid(Instant.now())) {
            log.warn("the certificate in %s is not valid now, so nobody will call"
                    .formatted(directory.resolve(CertificateFiles.CHAIN)));
        }
        this.reads = metrics.certificates(this::expiry);
        reads.used();
    }

    /** One at a time: who read the files earlier must not put back what a later one has replaced. */
    private synchronized Current current() {
        try {
            var files = CertificateFiles.read(directory);
            if (!files.equals(current.seen)) {
                change(files);
            } else if (current.used) {
                refusal = "";
            }
        } catch (IOException unusable) {
            // A volume that is just being replaced, or gone for good; the certificates we have are still right.
            refuse(unusable);
        }
        return current;
    }

    private void change(CertificateFiles files) throws IOException {
        current = new Current(files, false, current.certificates, current.tls);
        var certificates = Certificates.of(files);
        var now = Instant.now();
        if (current.certificates.valid(now) && !certificates.valid(now)) {
            throw new IOException("cannot use %s: it is not valid now, and the one before is"
                    .formatted(directory.resolve(CertificateFiles.CHAIN)));
        }
        current = new Current(files, true, certificates, Tls.mutual(certificates));
        reads.used();
        refusal = "";
        log.info("there are new certificates, valid until " + Certificates.expiry(certificates.chain()));
    }

    /** Says the same only once, since whoever scrapes or calls would have it said over and over. */
    private void refuse(IOException why) {
        var message = String.valueOf(why.getMessage());
        if (!message.equals(refusal)) {
            refusal = message;
            reads.refused();
            log.warn(message + "; the certificates from before stay in use");
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
    @SuppressWarnings("deprecation") // Netty has another way to ask, but this one is abstract
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return current.tls.applicationProtocolNegotiator();
    }

    @Override
    public SSLSessionContext sessionContext() {
        return current.tls.sessionContext();
    }
}

package io.functionenvironment.server;

import io.functionenvironment.monitoring.Metrics;
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
final class ReloadingTls extends SslContext {
    private final Path directory;
    private final Log log;
    private final Metrics.CertificateReads reads;
    private volatile Current current;
    private String refusal = "";

    /** @param seen the files last looked at, be they of use or not, which is why they are apart from the certificates */
    private record Current(CertificateFiles seen, Certificates certificates, SslContext tls) {}

    /** @throws IOException with a sentence, where there are no certificates to begin with */
    ReloadingTls(Path directory, Metrics metrics, Log log) throws IOException {
        this.directory = directory;
        this.log = log;
        var files = CertificateFiles.read(directory);
        var certificates = Certificates.of(files);
        this.current = new Current(files, certificates, Tls.mutual(certificates));
        this.reads = metrics.certificates(this::expiry);
        reads.used();
    }

    private Current current() {
        var known = current;
        CertificateFiles files;
        try {
            files = CertificateFiles.read(directory);
        } catch (IOException gone) {
            // A volume that is just being replaced, or gone for good; the certificates we have are still right.
            refuse(gone);
            return known;
        }
        return files.equals(known.seen) ? known : change(files);
    }

    private synchronized Current change(CertificateFiles files) {
        if (files.equals(current.seen)) {
            return current; // by another connection that came in at the same time
        }
        try {
            var certificates = Certificates.of(files);
            current = new Current(files, certificates, Tls.mutual(certificates));
            reads.used();
            refusal = "";
            log.info("there are new certificates, valid until " + Certificates.expiry(certificates.chain()));
        } catch (IOException unusable) {
            current = new Current(files, current.certificates, current.tls);
            refuse(unusable);
        }
        return current;
    }

    /** Says the same only once, since whoever scrapes or calls would have it said over and over. */
    private synchronized void refuse(IOException why) {
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

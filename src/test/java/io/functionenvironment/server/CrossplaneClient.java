package io.functionenvironment.server;

import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Crossplane's side of TLS. */
public final class CrossplaneClient {
    private CrossplaneClient() {}

    /**
     * A client context that trusts one authority and uses the certificate in a directory.
     *
     * @param versions of TLS that the client offers
     */
    public static SslContext tls(Path authority, Optional<Path> identity, String... versions) throws IOException {
        var tls = GrpcSslContexts.forClient().trustManager(authority.toFile()).protocols(versions);
        if (identity.isPresent()) {
            var own = Certificates.of(CertificateFiles.read(identity.get()));
            tls.keyManager(own.key(), own.chain().toArray(X509Certificate[]::new));
        }
        return tls.build();
    }
}

package io.functionenvironment.server;

import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** TLS as Crossplane speaks it to functions. */
public final class CrossplaneClient {
    private CrossplaneClient() {}

    /**
     * Trusts one authority, and shows the certificate in a directory.
     *
     * @param versions of TLS that it offers
     */
    public static SslContext tls(Path authority, Optional<Path> identity, String... versions) throws IOException {
        var tls = GrpcSslContexts.forClient().trustManager(authority.toFile()).protocols(versions);
        if (identity.isPresent()) {
            var shown = Certificates.of(CertificateFiles.read(identity.get()));
            tls.keyManager(shown.key(), shown.chain().toArray(X509Certificate[]::new));
        }
        return tls.build();
    }
}

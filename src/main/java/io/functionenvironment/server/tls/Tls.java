package io.functionenvironment.server.tls;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Creates Netty's TLS context from certificates. */
public final class Tls {
    private Tls() {}

    /**
     * A server context for mutual TLS 1.2 and 1.3. It uses the JDK's implementation, because Netty unpacks its own into a
     * temporary folder, which a container with a read-only root does not have.
     */
    public static SslContext mutual(Certificates certificates) throws IOException {
        var builder = SslContextBuilder.forServer(certificates.key(), array(certificates.chain()))
                .trustManager(array(certificates.authorities()))
                .clientAuth(ClientAuth.REQUIRE)
                .protocols("TLSv1.3", "TLSv1.2");
        return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    }

    private static X509Certificate[] array(List<X509Certificate> certificates) {
        return certificates.toArray(X509Certificate[]::new);
    }
}

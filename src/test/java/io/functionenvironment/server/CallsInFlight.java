package io.functionenvironment.server;

import io.functionenvironment.proto.v1.FunctionRunnerServiceGrpc;
import io.functionenvironment.server.tls.CertificateFiles;
import io.functionenvironment.server.tls.Certificates;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls functions until its input ends, as Crossplane does and with the current certificates in a directory. For each byte
 * of the input, and at its end, it prints how many calls were answered and how many failed. For each argument there is one
 * channel that is kept, and one that is replaced after ten calls. Comma-separated addresses are replicas of one function,
 * over which a channel spreads its calls. See e2e/scenarios/calls.py.
 */
final class CallsInFlight {
    private static final int CALLS = 10;

    private final String authority;
    private final Path certificates;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private volatile boolean ending;

    private CallsInFlight(String authority, Path certificates) {
        this.authority = authority;
        this.certificates = certificates;
    }

    /** Takes the name of the functions, the directory and the addresses. */
    public static void main(String[] args) throws IOException, InterruptedException {
        NameResolverRegistry.getDefaultRegistry().register(new Replicas());
        var calls = new CallsInFlight(args[0], Path.of(args[1]));
        try (var threads = Executors.newCachedThreadPool()) {
            for (var address : List.of(args).subList(2, args.length)) {
                threads.execute(() -> calls.call(address, Integer.MAX_VALUE));
                threads.execute(() -> calls.call(address, CALLS));
            }
            while (System.in.read() >= 0) {
                System.out.println(calls);
            }
            calls.ending = true;
            threads.shutdown();
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("some calls did not end");
            }
            System.out.println(calls);
        }
    }

    private void call(String address, int each) {
        while (!ending) {
            try {
                var channel = connect(address);
                connections.increment();
                for (var i = 0; i < each && !ending; i++) {
                    call(channel, address.contains(","));
                }
                channel.shutdown();
            } catch (IOException | RuntimeException e) {
                fail(text(e));
            }
        }
    }

    /** With replicas, a call waits until one is ready, as calls of Crossplane do. */
    private void call(ManagedChannel channel, boolean waits) {
        try {
            var function = FunctionRunnerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
            var answer = (waits ? function.withWaitForReady() : function).runFunction(Requests.request());
            if (answer.toString().contains("a bug in the function")) {
                fail(answer.toString());
            } else {
                answered.increment();
            }
            Thread.sleep(5);
        } catch (StatusRuntimeException e) {
            fail(text(e));
        } catch (InterruptedException e) {
            ending = true;
        }
    }

    /** gRPC reconnects with the same certificates when the server ends the connection of a kept channel. */
    private ManagedChannel connect(String addresses) throws IOException {
        var files = CertificateFiles.read(certificates.toRealPath());
        var current = Certificates.of(files);
        var tls = GrpcSslContexts.forClient()
                .trustManager(current.authorities().toArray(X509Certificate[]::new))
                .keyManager(current.key(), current.chain().toArray(X509Certificate[]::new))
                .build();
        return NettyChannelBuilder.forTarget(Replicas.SCHEME + ":///" + addresses)
                .defaultLoadBalancingPolicy("round_robin")
                .sslContext(tls)
                .overrideAuthority(authority)
                .build();
    }

    private void fail(String why) {
        failed.increment();
        System.err.println(why);
    }

    private static String text(Exception e) {
        return e + (e.getCause() == null ? "" : ": " + e.getCause());
    }

    @Override
    public String toString() {
        return "%d answered, %d failed, %d connections".formatted(answered.sum(), failed.sum(), connections.sum());
    }
}

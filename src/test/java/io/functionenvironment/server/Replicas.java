package io.functionenvironment.server;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;

/** Resolves a comma-separated list of addresses to all of them, once, as a headless Service that is never resolved again. */
final class Replicas extends NameResolverProvider {
    static final String SCHEME = "replicas";

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
        var addresses = Arrays.stream(target.getPath().substring(1).split(","))
                .map(address -> address.split(":"))
                .map(parts -> new EquivalentAddressGroup(new InetSocketAddress(parts[0], Integer.parseInt(parts[1]))))
                .toList();
        return new NameResolver() {
            @Override
            public String getServiceAuthority() {
                return "replicas";
            }

            @Override
            public void start(Listener2 listener) {
                listener.onResult(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(addresses))
                        .build());
            }

            @Override
            public void shutdown() {}
        };
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 0;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }
}

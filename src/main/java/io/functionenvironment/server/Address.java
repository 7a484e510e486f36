package io.functionenvironment.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host a name or literal address, IPv6 without its brackets; empty for all interfaces
 * @param port 0 for any that is free
 */
public record Address(String host, int port) {
    static final String ALLOWED = "host:port, [IPv6]:port, or :port for all interfaces, with a port up to 65535";

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([^\\s:\\[\\]]*)):([0-9]{1,5})");

    static Optional<Address> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches() || Integer.parseInt(found.group(3)) > 65535) {
            return Optional.empty();
        }
        var host = text.startsWith("[") ? found.group(1) : found.group(2);
        return Optional.of(new Address(host, Integer.parseInt(found.group(3))));
    }

    Address withPort(int other) {
        return new Address(host, other);
    }

    InetSocketAddress toSocket() throws IOException {
        var socket = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (socket.isUnresolved()) {
            throw new IOException("cannot listen on %s: there is no host of that name".formatted(this));
        }
        return socket;
    }

    /** As others would dial it, with 0.0.0.0 for all interfaces. */
    @Override
    public String toString() {
        return (host.isEmpty() ? "0.0.0.0" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

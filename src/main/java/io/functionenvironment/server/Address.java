package io.functionenvironment.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address to listen on.
 *
 * @param host a name or literal address, IPv6 without brackets; empty for all interfaces
 * @param port from 0 to 65535; 0 for any free port
 */
public record Address(String host, int port) {
    static final String ALLOWED = "host:port, [IPv6]:port, or :port for all interfaces, with a port up to 65535";

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([^\\s:\\[\\]]*)):([0-9]{1,5})");

    static Optional<Address> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group(3)) > 65535) {
            return Optional.empty();
        }
        var host = text.startsWith("[") ? match.group(1) : match.group(2);
        return Optional.of(new Address(host, Integer.parseInt(match.group(3))));
    }

    Address withPort(int other) {
        return new Address(host, other);
    }

    InetSocketAddress toSocket() throws IOException {
        var socket = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (socket.isUnresolved()) {
            throw new IOException("cannot listen on %s: unknown host".formatted(this));
        }
        return socket;
    }

    /** The form that clients use, with 0.0.0.0 for all interfaces. */
    @Override
    public String toString() {
        return (host.isEmpty() ? "0.0.0.0" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

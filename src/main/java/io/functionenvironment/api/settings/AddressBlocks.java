package io.functionenvironment.api.settings;

import io.functionenvironment.json.FieldReader;
import io.functionenvironment.json.Redaction;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads lists of IP addresses and of blocks of them, as the {@code ipBlock} of a NetworkPolicy has them. */
public final class AddressBlocks {
    private static final int MOST = 32;
    private static final String ALLOWED = "an IP address or a block like 169.254.20.10 or 192.168.7.0/24";
    private static final Pattern BLOCK = Pattern.compile("([0-9a-fA-F.:]{2,45})(?:/(0|[1-9][0-9]{0,2}))?");
    /** Java also takes one number, or two, for an address. */
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private AddressBlocks() {}

    /** The blocks in a list, each with the number of its bits; an address is a block of one. */
    public static List<String> read(FieldReader at) {
        return at.items(MOST).stream()
                .flatMap(item -> item.required(ALLOWED).text().flatMap(text -> block(item, text)).stream())
                .toList();
    }

    private static Optional<String> block(FieldReader at, String text) {
        var parts = BLOCK.matcher(text);
        var bits = parts.matches() ? bits(parts.group(1)) : 0;
        var prefix = bits > 0 && parts.group(2) != null ? Integer.parseInt(parts.group(2)) : bits;
        if (bits == 0 || prefix > bits) {
            at.error("is " + Redaction.of(text) + "; must be " + ALLOWED);
            return Optional.empty();
        }
        return Optional.of(parts.group(1) + "/" + prefix);
    }

    /** The number of bits of an address; 0 if the text is none. */
    private static int bits(String address) {
        try {
            if (IPV4.matcher(address).matches()) {
                return Inet4Address.ofLiteral(address).getAddress().length * Byte.SIZE;
            }
            return address.contains(":") && Inet6Address.ofLiteral(address) instanceof Inet6Address ? 128 : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}

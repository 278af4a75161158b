package dev.polyphony.outbound.http;

import inet.ipaddr.HostName;
import inet.ipaddr.HostNameException;
import inet.ipaddr.HostNameParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IncompatibleAddressException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@value OutboundAddresses#SETTING}: a host name, an address or a block of addresses, with or without a port.
 * A host name allows whatever it resolves to, but only when it is called by that name.
 *
 * @param host the host name in lower case; null when the entry is an address or a block
 * @param block the address or block; null when the entry is a host name
 * @param port the only port that is allowed; null for all
 */
record AllowedAddress(
        @Nullable String host,
        @Nullable IPAddress block,
        @Nullable Integer port) {
    private static final HostNameParameters STRICT = new HostNameParameters.Builder()
            .allowEmpty(false)
            .allowService(false)
            .getAddressOptionsBuilder()
            .allowEmpty(false)
            .allowAll(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .allowSingleSegment(false)
            .allow_inet_aton(false)
            .getParentBuilder()
            .toParams();

    /** A block with a port behind it, which the library reads only of IPv6 in brackets. */
    private static final Pattern BLOCK_AND_PORT = Pattern.compile("(?<block>[^\\[\\]]+/\\d+):(?<port>\\d{1,5})");

    /** Reads an entry as the operator wrote it. */
    static AllowedAddress parse(String entry) {
        Matcher blockAndPort = BLOCK_AND_PORT.matcher(entry.strip());
        try {
            return blockAndPort.matches()
                    ? of(entry, new HostName(blockAndPort.group("block"), STRICT), blockAndPort.group("port"))
                    : of(entry, new HostName(entry.strip(), STRICT), null);
        } catch (HostNameException | IncompatibleAddressException e) {
            throw refused(entry, e.getMessage());
        }
    }

    private static AllowedAddress of(String entry, HostName name, @Nullable String separatePort)
            throws HostNameException {
        name.validate();
        Integer port = separatePort == null ? name.getPort() : Integer.valueOf(separatePort);
        if (port != null && (port < 1 || port > 65_535)) {
            throw refused(entry, "a port is 1 to 65535");
        }
        IPAddress block = name.asAddress();
        if (block != null) {
            return new AllowedAddress(null, block(entry, block), port);
        }
        if (entry.contains("/")) {
            throw refused(entry, "only an address can be a block");
        }
        return new AllowedAddress(name.getHost().toLowerCase(Locale.ROOT), null, port);
    }

    private static IPAddress block(String entry, IPAddress block) {
        if (block.isMultiple() && !block.isSinglePrefixBlock()) {
            throw refused(entry, "it is neither one address nor one block");
        }
        if (!block.isMultiple() && block.isPrefixed() && !block.isSinglePrefixBlock()) {
            throw refused(entry, "write the block as " + block.toPrefixBlock().toCanonicalString());
        }
        return block;
    }

    private static IllegalArgumentException refused(String entry, @Nullable String why) {
        return new IllegalArgumentException(
                "%s: '%s' is not a host, address or block with an optional port, such as 127.0.0.1:11434, localhost:8080, 10.0.0.0/8 or [::1]:9000 (%s)"
                        .formatted(OutboundAddresses.SETTING, entry, why));
    }

    boolean allows(String calledAs, IPAddress address, int calledPort) {
        if (port != null && port != calledPort) {
            return false;
        }
        return block == null ? calledAs.equalsIgnoreCase(host) : block.contains(address);
    }
}

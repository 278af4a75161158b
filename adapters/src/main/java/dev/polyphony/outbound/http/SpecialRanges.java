package dev.polyphony.outbound.http;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.List;
import java.util.Optional;

/**
 * The address ranges that are not the public internet, after IANA's registries of special-purpose IPv4 and IPv6 addresses.
 * Of IPv6 only 2000::/3 is public; everything else is special without being listed.
 */
final class SpecialRanges {
    private record Range(IPAddress block, String what) {
        Range(String block, String what) {
            this(new IPAddressString(block).getAddress(), what);
        }
    }

    private static final IPAddress GLOBAL_IPV6 = new IPAddressString("2000::/3").getAddress();
    private static final IPAddress NAT64 = new IPAddressString("64:ff9b::/96").getAddress();

    private static final List<Range> RANGES = List.of(
            new Range("127.0.0.0/8", "loopback"),
            new Range("10.0.0.0/8", "private"),
            new Range("172.16.0.0/12", "private"),
            new Range("192.168.0.0/16", "private"),
            new Range("169.254.0.0/16", "link-local, where clouds serve their metadata"),
            new Range("100.64.0.0/10", "shared by a carrier's customers"),
            new Range("0.0.0.0/8", "this network"),
            new Range("192.0.0.0/24", "kept for protocols"),
            new Range("192.0.2.0/24", "kept for documentation"),
            new Range("192.88.99.0/24", "a former 6to4 relay"),
            new Range("198.18.0.0/15", "kept for benchmarks"),
            new Range("198.51.100.0/24", "kept for documentation"),
            new Range("203.0.113.0/24", "kept for documentation"),
            new Range("224.0.0.0/4", "multicast"),
            new Range("240.0.0.0/4", "reserved or broadcast"),
            new Range("::1/128", "loopback"),
            new Range("::/128", "any address of this machine"),
            new Range("fc00::/7", "unique-local, which is private"),
            new Range("fe80::/10", "link-local"),
            new Range("fec0::/10", "site-local, which is private"),
            new Range("ff00::/8", "multicast"),
            new Range("2001::/23", "kept for protocols"),
            new Range("2001:db8::/32", "kept for documentation"),
            new Range("3fff::/20", "kept for documentation"));

    private SpecialRanges() {}

    /** What kind of special address this is; empty for an address of the public internet. */
    static Optional<String> kindOf(IPAddress address) {
        return RANGES.stream()
                .filter(range -> range.block().contains(address))
                .map(Range::what)
                .findFirst()
                .or(() -> address.isIPv6() && !GLOBAL_IPV6.contains(address)
                        ? Optional.of("not a public range of IPv6")
                        : Optional.empty());
    }

    /** The address that traffic really reaches: of IPv4 tunnelled in IPv6, the inner one; otherwise the address itself. */
    static IPAddress reached(IPAddress address) {
        return address.isIPv6() ? reached(address.toIPv6()) : address;
    }

    private static IPAddress reached(IPv6Address address) {
        if (address.is6To4()) {
            return address.get6To4IPv4Address();
        }
        if (address.isTeredo()) {
            return new IPv4Address(~address.getEmbeddedIPv4Address().intValue());
        }
        boolean embeds = address.isIPv4Mapped() || address.isIPv4Translatable() || NAT64.contains(address);
        return embeds ? address.getEmbeddedIPv4Address() : address;
    }
}

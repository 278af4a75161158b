package dev.polyphony.identity.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a request comes from.
 *
 * @param text for people and logs
 * @param network what is counted together: an IPv4 address, or the 64 bits of an IPv6 network, of which one machine has all addresses
 */
public record ClientAddress(String text, String network) {
    private static final int NETWORK_BYTES = 8;

    /** @param address as the connection has it: numbers, never a name; an IPv4 address may be written as one of IPv6 */
    public static ClientAddress of(String address) {
        if (address.indexOf(':') < 0) {
            return new ClientAddress(address, address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return new ClientAddress(
                    address, parsed instanceof Inet6Address six ? network(six) : parsed.getHostAddress());
        } catch (UnknownHostException noAddress) {
            return new ClientAddress(address, address);
        }
    }

    private static String network(Inet6Address address) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "::/64";
    }
}

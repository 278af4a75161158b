package dev.polyphony.identity.limits.web;

/** An address, or for IPv6 the network of 64 bits that one client usually has: it could take another address for each request. */
final class ClientNetwork {
    private static final int GROUPS = 4;

    private ClientNetwork() {}

    /** @param address as the server saw it, written out in full as servlets do */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", -1);
        if (groups.length != 2 * GROUPS) {
            return address;
        }
        return String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
    }
}

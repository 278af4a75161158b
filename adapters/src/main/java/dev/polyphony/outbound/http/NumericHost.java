package dev.polyphony.outbound.http;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host that ends in a number is an IPv4 address, as browsers and inet_aton read it: of one to four parts, each decimal, octal or
 * hexadecimal. Java reads some of these forms as another address, so only the one that everybody reads alike is called.
 */
final class NumericHost {
    /** After the rule "ends in a number" of the URL standard. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?i)(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");

    private NumericHost() {}

    static boolean is(String host) {
        return !host.contains(":") && ENDS_IN_NUMBER.matcher(host).matches();
    }

    /** The address that browsers would call; empty when they would refuse it. */
    static Optional<IPAddress> read(String host) {
        try {
            String dotless = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            IPAddress address = new IPAddressString(dotless).toAddress();
            return Optional.ofNullable(address).filter(each -> each.isIPv4() && !each.isMultiple());
        } catch (AddressStringException _) {
            return Optional.empty();
        }
    }
}

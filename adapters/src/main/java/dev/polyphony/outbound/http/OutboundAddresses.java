package dev.polyphony.outbound.http;

import dev.polyphony.outbound.ForbiddenAddressException;
import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.outbound.OutboundProblem;
import dev.polyphony.shared.Rejection;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Decides by address, never by name alone, what may be called; the public internet and what the operator listed. */
public final class OutboundAddresses implements OutboundPolicy {
    /** The setting that lists the exceptions. */
    public static final String SETTING = "polyphony.http.allowed-private-addresses";

    private static final String EXPECTED = "an absolute http or https URL of a public host";

    private final List<AllowedAddress> allowed;
    private final Dns dns;

    /**
     * @param allowed hosts, addresses or blocks with an optional port that may be called although they are private
     * @throws IllegalArgumentException naming the entry that cannot be read
     */
    public OutboundAddresses(List<String> allowed, Dns dns) {
        this.allowed = allowed.stream().map(AllowedAddress::parse).toList();
        this.dns = dns;
    }

    private OutboundAddresses(Dns dns, List<AllowedAddress> allowed) {
        this.allowed = List.copyOf(allowed);
        this.dns = dns;
    }

    /** The same, and what this URL leads to, when it is called by that name and port. */
    OutboundAddresses and(URI url) {
        HttpUrl parsed = parse(url, "base-url");
        AllowedAddress own = AllowedAddress.parse(bracketed(parsed.host()) + ":" + parsed.port());
        return new OutboundAddresses(
                dns, Stream.concat(allowed.stream(), Stream.of(own)).toList());
    }

    @Override
    public void check(URI url, String parameter) {
        HttpUrl parsed = parse(url, parameter);
        if (NumericHost.is(parsed.host())) {
            checkNumeric(parsed, url, parameter);
            return;
        }
        for (InetAddress address : addressesOf(parsed.host())) {
            refuse(refusal(parsed.host(), address, parsed.port()), url, parameter);
        }
    }

    private void checkNumeric(HttpUrl parsed, URI url, String parameter) {
        IPAddress address = NumericHost.read(parsed.host())
                .orElseThrow(() -> invalid("'%s' has a host that is no IPv4 address".formatted(url), url, parameter));
        refuse(refusal(parsed.host(), address.toInetAddress(), parsed.port()), url, parameter);
        if (!parsed.host().equals(address.toNormalizedString())) {
            throw invalid(
                    "'%s' has an IPv4 address that is not read alike everywhere; write it as %s"
                            .formatted(url, address.toNormalizedString()),
                    url,
                    parameter);
        }
    }

    private static void refuse(Optional<String> refusal, URI url, String parameter) {
        refusal.ifPresent(sentence -> {
            throw OutboundProblem.ADDRESS_FORBIDDEN
                    .because(sentence)
                    .about(parameter, url.toString(), "a URL of a public host, or one that " + SETTING + " allows");
        });
    }

    /** Refuses a connection that is about to be made. */
    void admit(InetSocketAddress target) throws ForbiddenAddressException {
        Optional<String> refusal = refusal(target.getHostString(), target.getAddress(), target.getPort());
        if (refusal.isPresent()) {
            throw new ForbiddenAddressException(refusal.get());
        }
    }

    Dns dns() {
        return dns;
    }

    /** Both parsers must agree that there is a host: OkHttp forgives much that other clients read differently. */
    private static HttpUrl parse(URI url, String parameter) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getRawAuthority() == null) {
            throw invalid("'%s' is not an absolute http or https URL with a host".formatted(url), url, parameter);
        }
        if (url.getRawAuthority().contains("@")) {
            throw invalid("the URL carries a user name or password; send credentials another way", null, parameter);
        }
        HttpUrl parsed = HttpUrl.parse(url.toString());
        if (parsed == null) {
            throw invalid("'%s' has no valid host or port".formatted(url), url, parameter);
        }
        return parsed;
    }

    private static Rejection invalid(String sentence, @Nullable URI url, String parameter) {
        return OutboundProblem.URL_INVALID
                .because(sentence)
                .about(parameter, url == null ? null : url.toString(), EXPECTED);
    }

    private List<InetAddress> addressesOf(String host) {
        try {
            return dns.lookup(host);
        } catch (UnknownHostException _) {
            return List.of();
        }
    }

    private Optional<String> refusal(String host, InetAddress target, int port) {
        IPAddress address = SpecialRanges.reached(new IPAddressGenerator().from(target.getAddress()));
        if (allowed.stream().anyMatch(entry -> entry.allows(host, address, port))) {
            return Optional.empty();
        }
        return SpecialRanges.kindOf(address)
                .map(kind -> "%s leads to %s, which is %s. If the server should call it, add %s:%d to %s"
                        .formatted(host, target.getHostAddress(), kind, bracketed(host), port, SETTING));
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}

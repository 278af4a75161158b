package dev.polyphony.outbound.wiring;

import dev.polyphony.outbound.http.BoundedDns;
import dev.polyphony.outbound.http.OutboundAddresses;
import dev.polyphony.outbound.http.OutboundHttp;
import java.time.Duration;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one client that calls out. */
@Configuration(proxyBeanMethods = false)
class OutboundConfig {
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Bean
    OutboundAddresses outboundAddresses(OutboundSettings settings) {
        return new OutboundAddresses(settings.allowedPrivateAddresses(), new BoundedDns(Dns.SYSTEM, LOOKUP_TIMEOUT));
    }

    @Bean
    OutboundHttp outboundHttp(OutboundAddresses addresses) {
        return new OutboundHttp(addresses, CONNECT_TIMEOUT);
    }

    @Bean
    OkHttpClient outboundClient(OutboundHttp outbound) {
        return outbound.client();
    }
}

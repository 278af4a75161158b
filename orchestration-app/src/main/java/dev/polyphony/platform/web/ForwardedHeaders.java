package dev.polyphony.platform.web;

import java.util.Locale;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Lets {@code X-Forwarded-For} count only when it comes from a proxy that was named. Anybody can send the header, and limits and security
 * events go by the address.
 */
@Component
class ForwardedHeaders {
    private static final String STRATEGY = "server.forward-headers-strategy";
    private static final String PROXIES = "server.tomcat.remoteip.internal-proxies";

    ForwardedHeaders(Environment settings) {
        String strategy = settings.getProperty(STRATEGY, "none").toLowerCase(Locale.ROOT);
        if (strategy.equals("framework")) {
            throw new InvalidConfigurationPropertyValueException(
                    STRATEGY,
                    strategy,
                    "it would believe everybody; it takes 'native', with " + PROXIES + ", or 'none'");
        }
        if (strategy.equals("native") && settings.getProperty(PROXIES, "").isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    STRATEGY,
                    strategy,
                    "it would believe every private address; name the proxies by a regular expression in " + PROXIES
                            + ", such as 10\\.1\\.2\\.3");
        }
    }
}

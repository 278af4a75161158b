package dev.polyphony.outbound.wiring;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param allowedPrivateAddresses hosts and ports in private ranges that webhooks, tools and providers may reach */
@ConfigurationProperties("polyphony.http")
record OutboundSettings(@DefaultValue List<String> allowedPrivateAddresses) {}

package dev.polyphony.identity.wiring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param apiKey an admin key to start with; empty to generate one */
@ConfigurationProperties("polyphony")
public record FirstKeySettings(@DefaultValue("") String apiKey) {}

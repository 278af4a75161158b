package dev.polyphony.platform.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Not validated here: a failed validation would print the key.
 *
 * @param masterKey what secrets at rest are encrypted with, 64 hexadecimal digits; empty to generate one
 */
@ConfigurationProperties("polyphony")
record MasterKeySettings(@DefaultValue("") String masterKey) {}

package dev.polyphony.platform.security;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.platform.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The key that secrets at rest are encrypted with: {@code polyphony.master-key}, or one that the first start makes in
 * {@code <data-dir>/master-key}. Nodes that share a database need the same one, so there it has to be configured.
 */
@Configuration(proxyBeanMethods = false)
class MasterKey {
    private static final int BYTES = 32;

    @Bean
    DerivedKeys derivedKeys(MasterKeySettings settings, DataDirectory directory) {
        String configured = settings.masterKey().strip();
        return new DerivedKeys(parse(configured.isEmpty() ? kept(directory.resolve("master-key")) : configured));
    }

    private static byte[] parse(String hex) {
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "polyphony.master-key (POLYPHONY_MASTER_KEY) must be 64 hexadecimal digits, as `openssl rand -hex"
                            + " 32` prints them; it has " + hex.length() + " characters");
        }
        return HexFormat.of().parseHex(hex);
    }

    private static String kept(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[BYTES];
                new SecureRandom().nextBytes(fresh);
                PrivateFile.write(file, HexFormat.of().formatHex(fresh));
            }
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("the master key in " + file + " can be neither read nor made", failure);
        }
    }
}

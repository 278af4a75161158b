package dev.polyphony.inspection.wiring;

import dev.polyphony.inspection.tree.git.GitToken;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param root the directory below which repositories may be inspected
 * @param tokens for private git repositories, by the names that callers give
 */
@ConfigurationProperties("polyphony.repositories")
@Validated
record InspectionSettings(
        @DefaultValue(".") @NotBlank String root,

        @DefaultValue Map<String, @Valid Token> tokens) {
    /**
     * @param origin the only server that it is sent to: scheme, host and perhaps port
     * @param username what is sent with it
     * @param secret the token itself
     */
    record Token(
            @NotNull URI origin,

            @DefaultValue("x-access-token") @NotBlank String username,

            @NotBlank String secret) {
        /** Without the token. */
        @Override
        public String toString() {
            return "token for " + origin;
        }
    }

    /** @throws IllegalArgumentException when there is no such directory that can be read */
    Path path() {
        Path path = Path.of(root).toAbsolutePath().normalize();
        if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException(
                    "polyphony.repositories.root is %s, which is no directory that can be read".formatted(path));
        }
        return path;
    }

    Map<String, GitToken> gitTokens() {
        return tokens.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        entry -> new GitToken(
                                entry.getValue().origin(),
                                entry.getValue().username(),
                                entry.getValue().secret())));
    }
}

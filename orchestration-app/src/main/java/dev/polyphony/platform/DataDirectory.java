package dev.polyphony.platform;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the embedded database, models and generated secrets live.
 *
 * @param dataDir as operators write it. Not bound as a path: Spring looks a relative one up on the class path first
 */
@ConfigurationProperties("polyphony")
@Validated
public record DataDirectory(
        @DefaultValue(".polyphony") @NotBlank String dataDir) {
    public Path path() {
        return Path.of(dataDir).toAbsolutePath().normalize();
    }

    /** A file or directory in it. */
    public Path resolve(String name) {
        return path().resolve(name);
    }
}

package dev.polyphony.inspection.wiring;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param root the directory below which repositories may be inspected */
@ConfigurationProperties("polyphony.repositories")
@Validated
record InspectionSettings(@DefaultValue(".") @NotBlank String root) {
    /** @throws IllegalArgumentException when there is no such directory that can be read */
    Path path() {
        Path path = Path.of(root).toAbsolutePath().normalize();
        if (!Files.isDirectory(path) || !Files.isReadable(path)) {
            throw new IllegalArgumentException(
                    "polyphony.repositories.root is %s, which is no directory that can be read".formatted(path));
        }
        return path;
    }
}

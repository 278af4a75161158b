package dev.polyphony.inspection.wiring;

import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/** @param root the directory below which repositories may be inspected */
@ConfigurationProperties("polyphony.repositories")
@Validated
record InspectionSettings(@DefaultValue(".") @NotBlank String root) {
    Path path() {
        return Path.of(root).toAbsolutePath().normalize();
    }
}

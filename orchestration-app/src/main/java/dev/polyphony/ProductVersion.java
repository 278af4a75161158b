package dev.polyphony;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What the build has written down about itself. */
final class ProductVersion implements IVersionProvider {
    private static final String FILE = "/META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream file = ProductVersion.class.getResourceAsStream(FILE)) {
            if (file != null) {
                build.load(file);
            }
        }
        return new String[] {
            "polyphony %s (Java %s)".formatted(build.getProperty("build.version", "unknown"), Runtime.version())
        };
    }
}

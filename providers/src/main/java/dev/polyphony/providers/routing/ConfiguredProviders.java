package dev.polyphony.providers.routing;

import java.util.List;

/** The providers of this node; those that hold native memory give it back when the server stops. */
@SuppressWarnings("try") // Spring closes it once, at the end; what close() throws is logged
public record ConfiguredProviders(List<ConfiguredProvider> all) implements AutoCloseable {
    @Override
    public void close() throws Exception {
        for (ConfiguredProvider each : all) {
            if (each.provider() instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}

package dev.polyphony.providers.wiring;

import dev.polyphony.providers.routing.ConfiguredProvider;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;

/** The providers of this node; those that hold native memory give it back when the server stops. */
public record ConfiguredProviders(List<ConfiguredProvider> all) implements DisposableBean {
    @Override
    public void destroy() throws Exception {
        for (ConfiguredProvider each : all) {
            if (each.provider() instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}

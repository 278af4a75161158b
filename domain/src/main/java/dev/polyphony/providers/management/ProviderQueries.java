package dev.polyphony.providers.management;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.shared.ServerWide;
import java.util.List;
import java.util.Optional;

/** The providers of this node, the disabled ones too, and how they fare. */
@ServerWide("operators configure providers for the whole server")
public interface ProviderQueries {
    /** By priority. */
    List<ProviderView> all();

    Optional<ProviderView> find(String name);

    /** The order in which providers are asked unless a request says otherwise. */
    RoutingStrategy strategy();
}

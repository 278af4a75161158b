package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import org.jspecify.annotations.Nullable;

/** What is known of tenants when a request comes in: read from the history itself, so that no rebuild of a read model changes it. */
@FunctionalInterface
public interface Tenants {
    /** A deleted tenant is noticed within a quarter of a second, a new one at once. */
    Standing of(TenantId tenant);

    /** As the history says at this moment; a query each time. */
    default Standing now(TenantId tenant) {
        return of(tenant);
    }

    /** Whether anybody may act for a tenant. */
    enum State {
        ACTIVE,
        DELETED,
        UNKNOWN
    }

    /**
     * How a tenant stands.
     *
     * @param tier what the tenant has booked
     * @param repositoriesRoot the folder below which alone it reads repositories of this machine; null when it has none of its own
     */
    record Standing(State state, Tier tier, @Nullable String repositoriesRoot) {
        public static final Standing UNKNOWN = new Standing(State.UNKNOWN, Tier.FREE, null);

        public boolean isActive() {
            return state == State.ACTIVE;
        }
    }

    /** What the tenant has booked. */
    default Tier tier(TenantId tenant) {
        return of(tenant).tier();
    }

    /** Why no credential of the tenant counts, as a sentence for its holder; null when they do. */
    default @Nullable String refusal(TenantId tenant) {
        return switch (of(tenant).state()) {
            case ACTIVE -> null;
            case DELETED -> "The tenant '" + tenant + "' was deleted, and with it all of its credentials.";
            case UNKNOWN -> "There is no tenant '" + tenant + "'. Ask an operator of this server to create it.";
        };
    }
}

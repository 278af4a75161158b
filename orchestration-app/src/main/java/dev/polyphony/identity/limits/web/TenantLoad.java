package dev.polyphony.identity.limits.web;

import dev.polyphony.shared.TenantId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The requests that this node answers now, by their tenants. */
final class TenantLoad {
    private final ConcurrentMap<TenantId, Requests> tenants = new ConcurrentHashMap<>();

    /** Those of one tenant. */
    static final class Requests {
        private int count;
        private final AtomicLong bodyBytes = new AtomicLong();

        /** What their bodies weigh. */
        AtomicLong bodyBytes() {
            return bodyBytes;
        }
    }

    /** One more. It has to {@linkplain #leave leave}. Null when there are as many as there may be. */
    @Nullable
    Requests enter(TenantId tenant, long most) {
        boolean[] entered = new boolean[1];
        Requests requests = tenants.compute(tenant, (_, known) -> {
            Requests now = known == null ? new Requests() : known;
            entered[0] = now.count < most;
            if (entered[0]) {
                now.count++;
            }
            return now;
        });
        return entered[0] ? requests : null;
    }

    void leave(TenantId tenant) {
        tenants.computeIfPresent(tenant, (_, now) -> --now.count == 0 ? null : now);
    }
}

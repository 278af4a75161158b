package dev.polyphony.observability.automation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.polyphony.budgets.Spender;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.RecentCalls;
import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** Remembers the calls of the last 10,000 requests, each by the id that it has in the log. */
@Component
public final class RememberedCalls implements RecentCalls {
    private static final int MAX_REQUESTS = 10_000;
    private static final int MAX_CALLS_OF_ONE = 200;
    private static final String REQUEST_ID = "request_id";

    private final Cache<Request, List<ModelAttempt>> calls =
            Caffeine.newBuilder().maximumSize(MAX_REQUESTS).build();

    private record Request(TenantId tenant, String correlationId) {}

    void remember(@Nullable Spender spender, ModelAttempt attempt) {
        String request = MDC.get(REQUEST_ID);
        if (spender == null || request == null) {
            return;
        }
        List<ModelAttempt> made = calls.get(new Request(spender.tenant(), request), _ -> new CopyOnWriteArrayList<>());
        if (made.size() < MAX_CALLS_OF_ONE) {
            made.add(attempt);
        }
    }

    @Override
    public List<ModelAttempt> of(TenantId tenant, String correlationId) {
        List<ModelAttempt> made = calls.getIfPresent(new Request(tenant, correlationId));
        return made == null ? List.of() : List.copyOf(made);
    }
}

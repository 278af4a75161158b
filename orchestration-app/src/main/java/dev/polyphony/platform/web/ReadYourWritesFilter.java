package dev.polyphony.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.log.EventLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Remembers, for each caller, the position of its last write on this node, so that its next read waits for it. A client
 * that talks to several nodes sends the {@code X-Position} of an earlier reply to have the same across them: that counts for
 * its own request only, and not beyond the end of the history. Runs after Spring Security; the same caller is whose principal
 * is equal.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ReadYourWritesFilter extends OncePerRequestFilter {
    static final String HEADER = "X-Position";

    private static final int MAX_CALLERS = 10_000;
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*");
    private static final Pattern POSITION = Pattern.compile("\\d{1,18}");

    private final Cache<AuthenticatedPrincipal, Long> lastWrites =
            Caffeine.newBuilder().maximumSize(MAX_CALLERS).build();
    private final EventLog history;

    ReadYourWritesFilter(EventLog history) {
        this.history = history;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        AuthenticatedPrincipal caller = caller();
        if (caller == null) {
            chain.doFilter(request, response);
            return;
        }
        long wanted = Math.max(history.capAtHead(claimed(request)), lastWrite(caller));
        AtomicLong position = new AtomicLong(wanted);
        request.setAttribute(HEADER, position);
        try {
            ReadYourWrites.<Exception>during(position, () -> chain.doFilter(request, response));
        } catch (ServletException | IOException | RuntimeException expected) {
            throw expected;
        } catch (Exception unexpected) {
            throw new ServletException(unexpected);
        } finally {
            if (position.get() > wanted) { // it has written: what is written now lies behind every position before
                lastWrites.asMap().merge(caller, position.get(), Math::max);
            }
        }
    }

    /** Null when the request has no valid credentials. */
    private static @Nullable AuthenticatedPrincipal caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof AuthenticatedPrincipal principal
                ? principal
                : null;
    }

    private long lastWrite(AuthenticatedPrincipal caller) {
        Long position = lastWrites.getIfPresent(caller);
        return position == null ? 0 : position;
    }

    /** The newest position that the request names; what is no position counts as none. */
    private static long claimed(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HEADER)).stream()
                .flatMap(SEPARATOR::splitAsStream)
                .filter(POSITION.asMatchPredicate())
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
    }
}

package dev.polyphony.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.polyphony.eventstore.ReadYourWrites;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
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
 * that talks to several nodes sends the {@code X-Position} of an earlier reply to have the same across them. Runs after Spring
 * Security; the same caller is whose principal is equal.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ReadYourWritesFilter extends OncePerRequestFilter {
    static final String HEADER = "X-Position";

    private static final int MAX_CALLERS = 10_000;

    private final Cache<AuthenticatedPrincipal, Long> lastWrites =
            Caffeine.newBuilder().maximumSize(MAX_CALLERS).build();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        AuthenticatedPrincipal caller = caller();
        if (caller == null) {
            chain.doFilter(request, response);
            return;
        }
        long lastWrite = lastWrite(caller);
        AtomicLong position = new AtomicLong(Math.max(position(request.getHeader(HEADER)), lastWrite));
        request.setAttribute(HEADER, position);
        try {
            ReadYourWrites.<Exception>during(position, () -> chain.doFilter(request, response));
        } catch (ServletException | IOException | RuntimeException expected) {
            throw expected;
        } catch (Exception unexpected) {
            throw new ServletException(unexpected);
        } finally {
            if (position.get() > lastWrite) { // most requests write nothing
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

    private static long position(String header) {
        return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
    }
}

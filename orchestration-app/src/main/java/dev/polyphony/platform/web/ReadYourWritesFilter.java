package dev.polyphony.platform.web;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.web.Caller;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Remembers, for each caller, the position of its last write on this node, so that its next read waits for it. A client
 * that talks to several nodes sends the {@code X-Position} of an earlier reply to have the same across them.
 */
@Component
public class ReadYourWritesFilter extends OncePerRequestFilter {
    static final String HEADER = "X-Position";

    private static final int CALLERS = 10_000;

    private final Cache<String, Long> lastWrites =
            Caffeine.newBuilder().maximumSize(CALLERS).build();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = Caller.current();
        if (caller.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String key = caller.get().tenant() + "/" + caller.get().actor();
        long remembered = remembered(key);
        AtomicLong position = new AtomicLong(Math.max(position(request.getHeader(HEADER)), remembered));
        request.setAttribute(HEADER, position);
        try {
            ReadYourWrites.<Exception>during(position, () -> chain.doFilter(request, response));
        } catch (ServletException | IOException | RuntimeException expected) {
            throw expected;
        } catch (Exception unexpected) {
            throw new ServletException(unexpected);
        } finally {
            if (position.get() > remembered) { // most requests write nothing
                lastWrites.asMap().merge(key, position.get(), Math::max);
            }
        }
    }

    private long remembered(String key) {
        Long position = lastWrites.getIfPresent(key);
        return position == null ? 0 : position;
    }

    private static long position(String header) {
        return header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
    }
}

package dev.polyphony.platform.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers for a database that goes away before a request has reached its controller, such as while its API key is looked up. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class DatabaseUnavailableFilter extends OncePerRequestFilter {
    private static final SampledLog LOG = new SampledLog(LoggerFactory.getLogger(DatabaseUnavailableFilter.class));

    private final ErrorResponder errors;

    DatabaseUnavailableFilter(ErrorResponder errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            if (response.isCommitted() || !DatabaseUnavailable.isBehind(failure)) {
                throw failure;
            }
            LOG.warn("the database does not answer: {}", String.valueOf(failure.getMessage()));
            errors.write(DatabaseUnavailable.error(true), request, response);
        }
    }
}

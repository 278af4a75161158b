package dev.polyphony.platform.security;

import java.util.Arrays;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What a library answers to anybody, named by whoever sets that library up, as a bean. Our own handlers carry
 * {@code @PermitAll} instead.
 */
public record PublicPaths(RequestMatcher matcher) {
    /** @param patterns as in request mappings, such as <code>/docs/**</code> */
    public static PublicPaths of(String... patterns) {
        PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
        return new PublicPaths(new OrRequestMatcher(
                Arrays.stream(patterns).<RequestMatcher>map(paths::matcher).toList()));
    }
}

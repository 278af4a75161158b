package dev.polyphony.platform.security;

import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** What a library answers only to callers with a role, named by whoever sets that library up, as a bean. */
public record RestrictedPaths(RequestMatcher matcher, String role) {
    /** @param pattern as in request mappings, such as <code>/metrics</code> */
    public static RestrictedPaths of(String pattern, String role) {
        return new RestrictedPaths(PathPatternRequestMatcher.withDefaults().matcher(pattern), role);
    }
}

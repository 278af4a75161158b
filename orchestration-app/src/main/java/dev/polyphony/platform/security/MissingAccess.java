package dev.polyphony.platform.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has, and what would have been needed.
 *
 * @param userRoles the roles that the caller has, with those that they include
 * @param requiredRoles of which one is needed
 * @param userScopes what the credential is good for; absent when the role is missing
 * @param requiredScope what it would have to be good for, or a scope that includes it; absent when the role is missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MissingAccess(
        List<String> userRoles,
        List<String> requiredRoles,
        @Nullable List<String> userScopes,
        @Nullable String requiredScope) {}

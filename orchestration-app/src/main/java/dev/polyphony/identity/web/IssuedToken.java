package dev.polyphony.identity.web;

import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token, in the form that fits the request. */
@Schema(
        name = "IssuedToken",
        description = "A token, in the form that fits the request.",
        oneOf = {IssuedToken.UserToken.class, IssuedToken.SubjectToken.class, IssuedToken.TokenPair.class})
sealed interface IssuedToken {
    /** How the token is sent: in the header Authorization. */
    String BEARER = "bearer";

    /**
     * For a request with {@code user_id}.
     *
     * @param token the access token, a JWT
     * @param expiresAt until when it counts
     * @param userId who it is for
     * @param roles what it allows
     */
    record UserToken(String token, Instant expiresAt, String userId, List<Role> roles) implements IssuedToken {
        @Override
        public String toString() {
            return "UserToken[hidden]";
        }
    }

    /**
     * For a request with {@code subject}.
     *
     * @param accessToken the access token, a JWT
     * @param tokenType bearer
     * @param expiresAt until when it counts, in UTC
     * @param subject who it is for
     */
    record SubjectToken(String accessToken, String tokenType, LocalDateTime expiresAt, String subject)
            implements IssuedToken {
        @Override
        public String toString() {
            return "SubjectToken[hidden]";
        }
    }

    /**
     * For a request with {@code username}, and for each renewal.
     *
     * @param accessToken the access token, a JWT
     * @param tokenType bearer
     * @param expiresIn for how many seconds it counts
     * @param refreshToken gets the next pair, once
     * @param scopes what the access token may be used for, within the user's roles
     */
    record TokenPair(
            String accessToken,
            String tokenType,
            long expiresIn,
            @Nullable String refreshToken,
            List<Scope> scopes) implements IssuedToken {
        @Override
        public String toString() {
            return "TokenPair[hidden]";
        }
    }
}

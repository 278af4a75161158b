package dev.polyphony.identity.web;

import dev.polyphony.identity.LoginProblem;
import dev.polyphony.identity.jwt.TokenAuthentication;
import dev.polyphony.identity.login.ClientAddress;
import dev.polyphony.identity.login.Login;
import dev.polyphony.identity.login.Login.LoggedIn;
import dev.polyphony.identity.login.Renewals;
import dev.polyphony.identity.tokens.RefreshToken;
import dev.polyphony.identity.tokens.Sessions;
import dev.polyphony.identity.web.IssuedToken.TokenPair;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gives out tokens and takes them back. */
@RestController
@Tag(name = "Tokens", description = "Signed tokens (JWT) for users and for those whom programs call.")
@RequestMapping("/auth")
class AuthController {
    private final TokenIssuance issuance;
    private final Login login;
    private final Renewals renewals;
    private final Sessions sessions;
    private final TokenAuthentication tokens;

    AuthController(
            TokenIssuance issuance, Login login, Renewals renewals, Sessions sessions, TokenAuthentication tokens) {
        this.issuance = issuance;
        this.login = login;
        this.renewals = renewals;
        this.sessions = sessions;
        this.tokens = tokens;
    }

    /**
     * What renews an access token.
     *
     * @param refreshToken as it came with the access token
     */
    @Schema(name = "TokenRefresh")
    record Refresh(
            @NotBlank @Size(max = RefreshToken.MAX_LENGTH) String refreshToken) {
        @Override
        public String toString() {
            return "Refresh[hidden]";
        }
    }

    /**
     * What to end besides the access token that is sent.
     *
     * @param refreshToken ends its session, also without an access token
     */
    @Schema(name = "Logout")
    record Logout(
            @Nullable @Size(max = RefreshToken.MAX_LENGTH) String refreshToken) {
        @Override
        public String toString() {
            return "Logout[hidden]";
        }
    }

    /** Issues an access token. Users get it by their password; the owner of an API key gets it for whomever he names. */
    @PostMapping("/token")
    @WithoutIdempotencyKey("Each token counts for itself, and those that nobody got expire.")
    @PermitAll
    @ErrorCase(
            status = HttpStatus.UNAUTHORIZED,
            when = "Username, password or code are wrong, or the API key is missing.")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The token would allow more than the API key.")
    @ErrorCase(
            status = HttpStatus.TOO_MANY_REQUESTS,
            when = "Too many attempts failed; Retry-After tells how long to wait.")
    IssuedToken issueToken(@RequestBody TokenOrder body, HttpServletRequest request) {
        return switch (body.form()) {
            case USER_ID -> issuance.forUserId(body);
            case SUBJECT -> issuance.forSubject(body);
            case USERNAME -> logIn(body, ClientAddress.of(request.getRemoteAddr()));
        };
    }

    private TokenPair logIn(TokenOrder order, ClientAddress address) {
        Login.Attempt attempt = new Login.Attempt(order.usernameText(), order.passwordText(), order.codeText());
        LoggedIn user = login.logIn(attempt, address, issuance.refreshLifetime());
        return issuance.forUser(user.session(), user.refreshToken());
    }

    /** Renews an access token. The refresh token counts once; one that is used again ends the session. */
    @PostMapping("/refresh")
    @WithoutIdempotencyKey("A refresh token counts once; the session survives a repeated one.")
    @PermitAll
    @ErrorCase(status = HttpStatus.UNAUTHORIZED, when = "The refresh token is unknown, expired, or was used before.")
    TokenPair refreshToken(@Valid @RequestBody Refresh body, HttpServletRequest request) {
        LoggedIn user =
                renewals.renew(new RefreshToken(body.refreshToken()), ClientAddress.of(request.getRemoteAddr()));
        return issuance.forUser(user.session(), user.refreshToken());
    }

    /** Ends an access token and its session. The refresh token alone ends its session too. */
    @PostMapping("/logout")
    @WithoutIdempotencyKey("To end it twice changes nothing.")
    @PermitAll
    @ErrorCase(status = HttpStatus.UNAUTHORIZED, when = "Neither an access token nor a refresh token was sent.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@Valid @RequestBody(required = false) @Nullable Logout body) {
        Optional<Jwt> access = CurrentCaller.token();
        String refresh = body == null ? null : body.refreshToken();
        if (access.isEmpty() && refresh == null) {
            throw LoginProblem.LOGIN_FAILED.because(
                    "There is nothing to end: send the access token as 'Authorization: Bearer <token>', or"
                            + " refresh_token.");
        }
        access.ifPresent(this::end);
        if (refresh != null) {
            sessions.end(new RefreshToken(refresh));
        }
    }

    private void end(Jwt token) {
        UUID session = TokenAuthentication.session(token);
        if (session != null) {
            sessions.end(session);
        }
        tokens.revoke(token);
    }
}

package dev.polyphony.identity.login;

import dev.polyphony.identity.LoginProblem;
import dev.polyphony.identity.tokens.RefreshToken;
import dev.polyphony.identity.tokens.Sessions;
import dev.polyphony.identity.tokens.Sessions.Session;
import dev.polyphony.identity.users.UserCredentials;
import dev.polyphony.identity.users.Username;
import dev.polyphony.shared.Rejection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets users in who know their password and have their second factor. Everybody else gets the same answer for the same work. */
public final class Login {
    private final LoginGuard guard;
    private final UserCredentials users;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Sessions sessions;
    private final SecureRandom random = new SecureRandom();

    public Login(
            LoginGuard guard,
            UserCredentials users,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions) {
        this.guard = guard;
        this.users = users;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.sessions = sessions;
    }

    /** @param code of the second factor; null when none was sent */
    public record Attempt(
            String username, String password, @Nullable String code) {
        @Override
        public String toString() {
            return "Attempt[hidden]";
        }
    }

    /** A session that has begun, and what renews it. */
    public record LoggedIn(Session session, RefreshToken refreshToken) {}

    /** @param refreshLifetime how long the refresh token can be used */
    public LoggedIn logIn(Attempt attempt, ClientAddress address, Duration refreshLifetime) {
        String subject = attempt.username().toLowerCase(Locale.ROOT);
        guard.begin(address, subject);
        UserCredentials.Login user = prove(attempt, address);
        RefreshToken first = RefreshToken.generate(random);
        Session session =
                sessions.begin(user.userId(), first, refreshLifetime).orElseThrow(() -> refused(address, "password"));
        guard.succeeded(address, subject);
        return new LoggedIn(session, first);
    }

    private UserCredentials.Login prove(Attempt attempt, ClientAddress address) {
        Optional<UserCredentials.Login> known =
                Username.isValid(attempt.username()) ? users.find(new Username(attempt.username())) : Optional.empty();
        boolean right = passwords.matches(
                attempt.password(),
                known.map(UserCredentials.Login::passwordHash).orElse(null));
        if (known.isEmpty() || !right) {
            throw refused(address, "password");
        }
        requireSecondFactor(known.get(), attempt.code(), address);
        return known.get();
    }

    private void requireSecondFactor(UserCredentials.Login user, @Nullable String code, ClientAddress address) {
        byte[] secret = user.totpSecret();
        if (secret == null) {
            return;
        }
        guard.beginSecondFactor(address, user.userId());
        if (!secondFactor.accepts(user.userId(), secret, code)) {
            throw refused(address, "mfa");
        }
        guard.secondFactorSucceeded(user.userId());
    }

    private Rejection refused(ClientAddress address, String kind) {
        guard.failed(address, kind);
        return LoginProblem.LOGIN_FAILED.because(
                "The username, the password or the code of the second factor is wrong. Users with a second factor send"
                        + " the code, or a backup code, as mfa_code.");
    }
}

package dev.polyphony.identity.login;

import dev.polyphony.identity.LoginProblem;
import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.InvalidAuth;
import dev.polyphony.identity.SecurityAlerts.Lockout;
import dev.polyphony.identity.lockout.FailedAttempts;
import dev.polyphony.identity.lockout.FailedAttempts.Attempt;
import dev.polyphony.identity.lockout.FailedAttempts.Rule;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.wiring.SecuritySettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stops those who guess passwords and codes, on all nodes: by who they claim to be and where they come from, by where they come from
 * alone, and, for a second factor, by who they claim to be alone, since whoever guesses that knows the password.
 */
public final class LoginGuard {
    private static final String ANY = "";

    private final FailedAttempts attempts;
    private final SecuritySettings.Lockout rules;
    private final SecurityAlerts alerts;
    private final Clock clock;

    public LoginGuard(FailedAttempts attempts, SecuritySettings.Lockout rules, SecurityAlerts alerts, Clock clock) {
        this.attempts = attempts;
        this.rules = rules;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * To be called before anything is looked up or hashed.
     *
     * @throws dev.polyphony.shared.Rejection {@link LoginProblem#TOO_MANY_FAILURES}
     */
    public void begin(ClientAddress address, String subject) {
        begin(pair(address, subject), rules.ofPair(), address);
        begin(new Attempt(address.network(), ANY), rules.ofAddress(), address);
    }

    /** The same before a code is checked. */
    public void beginSecondFactor(ClientAddress address, UserId userId) {
        begin(secondFactor(userId), rules.ofSecondFactor(), address);
    }

    private void begin(Attempt attempt, Rule rule, ClientAddress address) {
        Optional<Instant> locked = attempts.begin(attempt, rule);
        if (locked.isPresent()) {
            alerts.raise(new Lockout(address.text(), "login"));
            throw LoginProblem.locked(positive(Duration.between(clock.instant(), locked.get()), rule));
        }
    }

    private static Duration positive(Duration wait, Rule rule) {
        return wait.isPositive() && wait.compareTo(rule.lockedFor()) <= 0 ? wait : Duration.ofSeconds(1);
    }

    public void failed(ClientAddress address, String kind) {
        alerts.raise(new InvalidAuth(address.text(), kind));
    }

    /** One who is right about one subject may still be guessing about others. */
    public void succeeded(ClientAddress address, String subject) {
        attempts.succeeded(pair(address, subject));
        attempts.uncount(new Attempt(address.network(), ANY));
    }

    public void secondFactorSucceeded(UserId userId) {
        attempts.succeeded(secondFactor(userId));
    }

    private static Attempt pair(ClientAddress address, String subject) {
        return new Attempt(address.network(), "login:" + subject);
    }

    private static Attempt secondFactor(UserId userId) {
        return new Attempt(ANY, "mfa:" + userId);
    }
}

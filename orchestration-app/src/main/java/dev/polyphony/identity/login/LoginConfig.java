package dev.polyphony.identity.login;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.lockout.FailedAttempts;
import dev.polyphony.identity.tokens.Sessions;
import dev.polyphony.identity.users.UserCredentials;
import dev.polyphony.identity.users.UserQueries;
import dev.polyphony.identity.wiring.SecuritySettings;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Puts together what logging in takes. */
@Configuration(proxyBeanMethods = false)
class LoginConfig {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;

    /** Together no more than 76 MiB. */
    private static final int CONCURRENT_HASHES = 4;

    @Bean
    Passwords passwords() {
        return new Passwords(
                new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES), CONCURRENT_HASHES);
    }

    @Bean
    OneTimeCodes oneTimeCodes(Clock clock) {
        return new OneTimeCodes(clock);
    }

    @Bean
    SecondFactor secondFactor(UserCredentials credentials, OneTimeCodes codes) {
        return new SecondFactor(credentials, codes);
    }

    @Bean
    LoginGuard loginGuard(FailedAttempts attempts, SecuritySettings settings, SecurityAlerts alerts, Clock clock) {
        return new LoginGuard(attempts, settings.lockout(), alerts, clock);
    }

    @Bean
    RefusedCredentials refusedCredentials(SecuritySettings settings) {
        return new RefusedCredentials(settings.lockout().refusedPerMinute(), Ticker.systemTicker());
    }

    @Bean
    Login login(
            LoginGuard guard,
            UserCredentials users,
            Passwords passwords,
            SecondFactor secondFactor,
            Sessions sessions) {
        return new Login(guard, users, passwords, secondFactor, sessions);
    }

    @Bean
    Renewals renewals(Sessions sessions, RefusedCredentials refused, SecurityAlerts alerts, SecuritySettings settings) {
        return new Renewals(sessions, refused, alerts, settings.jwt());
    }

    @Bean
    UserAdministration userAdministration(
            CommandGateway commands,
            UserQueries users,
            UserCredentials credentials,
            Passwords passwords,
            LoginGuard guard) {
        return new UserAdministration(commands, users, credentials, passwords, guard);
    }

    @Bean
    Mfa mfa(
            CommandGateway commands,
            UserQueries users,
            UserCredentials credentials,
            OneTimeCodes codes,
            LoginGuard guard) {
        return new Mfa(commands, users, credentials, codes, guard);
    }
}

package dev.polyphony.identity.login;

import dev.polyphony.identity.users.UserCredentials;
import dev.polyphony.identity.users.UserId;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Checks codes, each of which counts once. */
public final class SecondFactor {
    private final UserCredentials credentials;
    private final OneTimeCodes codes;

    public SecondFactor(UserCredentials credentials, OneTimeCodes codes) {
        this.credentials = credentials;
        this.codes = codes;
    }

    /** @param code null when none was sent */
    public boolean accepts(UserId userId, byte[] secret, @Nullable String code) {
        if (code == null) {
            return false;
        }
        String typed = code.replace(" ", "").replace("-", "").toUpperCase(Locale.ROOT);
        if (OneTimeCodes.isBackupCode(typed)) {
            return credentials.useBackupCode(userId, typed);
        }
        OptionalLong step = codes.step(typed, secret);
        return step.isPresent() && credentials.useStep(userId, step.getAsLong());
    }
}

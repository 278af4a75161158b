package dev.polyphony.identity.login;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.users.UserCommand.DisableMfa;
import dev.polyphony.identity.users.UserCommand.EnableMfa;
import dev.polyphony.identity.users.UserCredentials;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.UserProblem;
import dev.polyphony.identity.users.UserQueries;
import dev.polyphony.identity.users.UserView;
import java.util.List;
import java.util.OptionalLong;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** How users get a second factor and get rid of it. */
public final class Mfa {
    private final CommandGateway commands;
    private final UserQueries users;
    private final UserCredentials credentials;
    private final OneTimeCodes codes;
    private final LoginGuard guard;

    public Mfa(
            CommandGateway commands,
            UserQueries users,
            UserCredentials credentials,
            OneTimeCodes codes,
            LoginGuard guard) {
        this.commands = commands;
        this.users = users;
        this.credentials = credentials;
        this.codes = codes;
        this.guard = guard;
    }

    /** What an authenticator app is to be told. */
    @SuppressWarnings("ArrayRecordComponent") // shown once, never compared
    public record Offer(String username, byte[] secret) {
        @Override
        public String toString() {
            return "Offer[hidden]";
        }
    }

    /** Offers a secret; it counts once a code confirms it. Asking again replaces the offer. */
    public Offer begin(Caller caller, UserId userId) {
        UserView user = users.find(caller.tenant(), userId).orElseThrow(() -> UserProblem.unknown(userId));
        if (user.mfaEnabled()) {
            throw UserProblem.MFA_STATE.because("You have a second factor. Remove it before you set up another one.");
        }
        byte[] secret = codes.newSecret();
        credentials.offerSecret(userId, secret);
        return new Offer(user.username(), secret);
    }

    /** Returns the backup codes, which are shown this once. */
    public List<String> confirm(Caller caller, UserId userId, String code, ClientAddress address) {
        guard.beginSecondFactor(address, userId);
        byte[] secret = credentials
                .offeredSecret(userId)
                .orElseThrow(() -> UserProblem.MFA_STATE.because("No second factor was begun. Begin with POST …/mfa."));
        OptionalLong step = codes.step(code, secret);
        if (step.isEmpty()) {
            guard.failed(address, "mfa");
            throw UserProblem.PROOF_WRONG.because("The code is wrong. Look at the app again; codes change every 30 s.");
        }
        guard.secondFactorSucceeded(userId);
        List<String> backupCodes = codes.newBackupCodes();
        credentials.confirmSecret(userId, step.getAsLong(), backupCodes);
        commands.sendAndWait(new EnableMfa(userId, caller.tenant()));
        return backupCodes;
    }

    /** The event first: the other way round, a user could be without a second factor and the history not know. */
    public void remove(Caller caller, UserId userId) {
        commands.sendAndWait(new DisableMfa(userId, caller.tenant()));
        credentials.removeSecret(userId);
    }
}

package dev.polyphony.identity.users.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.login.ClientAddress;
import dev.polyphony.identity.login.Mfa;
import dev.polyphony.identity.login.OneTimeCodes;
import dev.polyphony.identity.login.UserAdministration;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.UserProblem;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.WithoutIdempotencyKey;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The second factor of a user. */
@RestController
@Tag(name = "Users", description = "People who log in with a name and a password.")
@RequestMapping("/api/v1/users/{id}/mfa")
class MfaController {
    private static final String ISSUER = "Polyphony";

    private final Mfa mfa;
    private final UserAdministration administration;

    MfaController(Mfa mfa, UserAdministration administration) {
        this.mfa = mfa;
        this.administration = administration;
    }

    /**
     * What an authenticator app is told. It counts once a code confirms it.
     *
     * @param secret to type in, base32
     * @param otpauthUri the same, to show as a QR code
     */
    @Schema(name = "MfaOffer")
    record Offer(String secret, String otpauthUri) {
        @Override
        public String toString() {
            return "Offer[hidden]";
        }
    }

    /**
     * Shows that the app has the secret.
     *
     * @param code the 6 digits that the app shows
     */
    @Schema(name = "MfaConfirmation")
    record Confirmation(
            @NotNull(message = "6 digits") @Pattern(regexp = "[0-9]{6}", message = "6 digits")
            String code) {}

    /**
     * Codes for the day when the app is lost, each of which counts once. They are shown this once.
     *
     * @param backupCodes 10 codes of 8 characters
     */
    @Schema(name = "BackupCodes")
    record BackupCodes(List<String> backupCodes) {
        @Override
        public String toString() {
            return "BackupCodes[hidden]";
        }
    }

    /**
     * Begins to set up the caller's own second factor.
     *
     * @param id the user's id
     */
    @PostMapping
    @WithoutIdempotencyKey("Asking again replaces the offer.")
    @RolesAllowed("USER")
    @RequiredScope("users:write")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The user is somebody else.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "There is a second factor already.")
    @ResponseStatus(HttpStatus.CREATED)
    Offer beginMfa(@PathVariable UUID id, Caller caller) {
        Mfa.Offer offer = mfa.begin(caller, self(caller, id));
        return new Offer(
                OneTimeCodes.base32(offer.secret()), OneTimeCodes.uri(ISSUER, offer.username(), offer.secret()));
    }

    /**
     * Confirms the second factor; logging in takes it from now on.
     *
     * @param id the user's id
     */
    @PostMapping("/confirmation")
    @WithoutIdempotencyKey("A code counts once.")
    @RolesAllowed("USER")
    @RequiredScope("users:write")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The code is wrong, or the user is somebody else.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "No second factor was begun.")
    @ErrorCase(
            status = HttpStatus.TOO_MANY_REQUESTS,
            when = "Too many codes were wrong; Retry-After tells how long to wait.")
    BackupCodes confirmMfa(
            @PathVariable UUID id, @Valid @RequestBody Confirmation body, Caller caller, HttpServletRequest request) {
        return new BackupCodes(
                mfa.confirm(caller, self(caller, id), body.code(), ClientAddress.of(request.getRemoteAddr())));
    }

    /**
     * Removes a second factor: one's own, or that of a user whom the caller may change.
     *
     * @param id the user's id
     */
    @DeleteMapping
    @RolesAllowed("USER")
    @RequiredScope("users:write")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The user has more rights than the caller.")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such user, or the caller may not change it.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeMfa(@PathVariable UUID id, Caller caller) {
        UserId userId = new UserId(id);
        if (!Self.is(caller, userId)) {
            administration.requireMayChange(caller, userId);
        }
        mfa.remove(caller, userId);
    }

    private UserId self(Caller caller, UUID id) {
        UserId userId = new UserId(id);
        if (!Self.is(caller, userId)) {
            administration.requireMayChange(caller, userId); // of others it is not told that there is such a user
            throw UserProblem.NOT_YOURSELF.because(
                    "Only users themselves set up their second factor, logged in with their password.");
        }
        return userId;
    }
}

package dev.polyphony.identity.web;

import dev.polyphony.identity.LoginProblem;
import dev.polyphony.identity.Role;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Rejection;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for a token, in one of three forms: {@code user_id} with {@code roles}, {@code subject} with {@code expiry_minutes}, or
 * {@code username} with {@code password} and {@code mfa_code}.
 *
 * @param userId who the token is for, as the owner of the API key calls them
 * @param roles what the token allows, no more than the API key; {@code user} when absent
 * @param subject who the token is for, as the owner of the API key calls them
 * @param expiryMinutes how long the token counts; the server's setting when absent
 * @param username what a user logs in with
 * @param password the user's password, 1 to 1024 characters
 * @param mfaCode a code of the user's second factor, or a backup code
 */
@Schema(name = "TokenOrder")
record TokenOrder(
        @Nullable String userId,
        @Nullable Set<Role> roles,
        @Nullable String subject,
        @Nullable Integer expiryMinutes,
        @Nullable String username,
        @Nullable String password,
        @Nullable String mfaCode) {
    private static final int MAX_TEXT = 1024;

    /** The forms of the request. */
    enum Form {
        USER_ID,
        SUBJECT,
        USERNAME
    }

    /** @throws Rejection that names the field which is missing or too much */
    Form form() {
        List<Form> named = new ArrayList<>();
        if (userId != null) {
            named.add(Form.USER_ID);
        }
        if (subject != null) {
            named.add(Form.SUBJECT);
        }
        if (username != null) {
            named.add(Form.USERNAME);
        }
        if (named.isEmpty()) {
            throw invalid("user_id", "one of user_id, subject and username is required");
        }
        if (named.size() > 1) {
            throw invalid(
                    name(named.get(1)),
                    "send '%s' or '%s', not both".formatted(name(named.get(0)), name(named.get(1))));
        }
        refuseOthers(named.getFirst());
        return named.getFirst();
    }

    private void refuseOthers(Form form) {
        refuse(form, Form.USER_ID, "roles", roles);
        refuse(form, Form.SUBJECT, "expiry_minutes", expiryMinutes);
        refuse(form, Form.USERNAME, "password", password);
        refuse(form, Form.USERNAME, "mfa_code", mfaCode);
    }

    private static void refuse(Form form, Form owner, String field, @Nullable Object value) {
        if (value != null && form != owner) {
            throw invalid(field, "it goes with '%s', not with '%s'".formatted(name(owner), name(form)));
        }
    }

    private static String name(Form form) {
        return form.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whoever the token is for; it becomes part of the history. */
    String bearer() {
        String field = userId == null ? "subject" : "user_id";
        String value = userId == null ? subject : userId;
        if (value == null || !value.matches(DataSubject.FORM)) {
            throw invalid(field, "it has to be " + DataSubject.RULE);
        }
        return value;
    }

    String usernameText() {
        return text("username", username);
    }

    String passwordText() {
        return text("password", password);
    }

    @Nullable
    String codeText() {
        return mfaCode == null ? null : text("mfa_code", mfaCode);
    }

    private static String text(String field, @Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > MAX_TEXT) {
            throw invalid(field, "it has to be a text of 1 to " + MAX_TEXT + " characters");
        }
        return value;
    }

    static Rejection invalid(String field, String rule) {
        return LoginProblem.TOKEN_REQUEST_INVALID
                .because("'" + field + "' does not fit: " + rule + ".")
                .about(field, null, rule);
    }

    @Override
    public String toString() {
        return "TokenOrder[hidden]";
    }
}

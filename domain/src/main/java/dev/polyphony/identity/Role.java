package dev.polyphony.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a caller may do. */
public enum Role {
    /** Uses agents and workflows. */
    @JsonProperty("user")
    USER,
    /** Trains models; may do what a user may. */
    @JsonProperty("trainer")
    TRAINER,
    /** Runs the server: its providers, projections and tenants. Granted in the system tenant only; may do what a user may. */
    @JsonProperty("operator")
    OPERATOR,
    /** Rules one tenant: its keys, users and history; may do what a trainer may. */
    @JsonProperty("admin")
    ADMIN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role itself and those whose rights it includes. */
    public Set<Role> included() {
        return switch (this) {
            case USER -> EnumSet.of(USER);
            case TRAINER -> EnumSet.of(USER, TRAINER);
            case OPERATOR -> EnumSet.of(USER, OPERATOR);
            case ADMIN -> EnumSet.of(USER, TRAINER, ADMIN);
        };
    }
}

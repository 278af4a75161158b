package dev.polyphony.identity.tenants;

import dev.polyphony.identity.Tier;
import dev.polyphony.shared.Rejection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a tenant.
 *
 * @param name how people recognise it, 1 to 100 characters
 * @param tier what it has booked
 * @param repositoriesRoot an absolute path: the folder below which alone it reads repositories of this machine; null when it reads none, or, for
 *     the system tenant, those below the server's own root
 */
public record TenantProfile(
        String name, Tier tier, @Nullable String repositoriesRoot) {
    /** What the system tenant is until an operator changes it. */
    public static final TenantProfile OF_SYSTEM = new TenantProfile("System", Tier.ENTERPRISE, null);

    private static final int MAX_NAME = 100;
    private static final int MAX_PATH = 1000;

    public TenantProfile {
        if (name.isBlank() || name.length() > MAX_NAME || hasControl(name)) {
            throw invalid("name", name, "1 to " + MAX_NAME + " characters, none of them a control character");
        }
        if (repositoriesRoot != null && !isAbsolute(repositoriesRoot)) {
            throw invalid(
                    "repositories_root",
                    repositoriesRoot,
                    "an absolute path of at most " + MAX_PATH + " characters without '..'");
        }
    }

    private static boolean isAbsolute(String text) {
        if (text.length() > MAX_PATH || hasControl(text)) {
            return false;
        }
        try {
            Path path = Path.of(text);
            return path.isAbsolute() && path.equals(path.normalize());
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static Rejection invalid(String field, String value, String rule) {
        String shown = value.length() > MAX_NAME ? value.substring(0, MAX_NAME) + "…" : value;
        return TenantProblem.TENANT_INVALID
                .because("the " + field + " of a tenant is " + rule)
                .about(field, shown, rule);
    }
}

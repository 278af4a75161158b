package dev.polyphony.identity.login;

import dev.polyphony.identity.users.UserProblem;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.function.SingletonSupplier;

/**
 * Passwords as Argon2id hashes. A hash takes 19 MiB and tens of milliseconds, so few are computed at once; the others wait. Whoever is
 * not known costs the same as whoever is: one hash.
 */
public final class Passwords {
    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 256;

    private final PasswordEncoder encoder;
    private final Semaphore slots;
    private final Supplier<String> hashOfNobody;

    public Passwords(PasswordEncoder encoder, int concurrent) {
        this.encoder = encoder;
        this.slots = new Semaphore(concurrent);
        this.hashOfNobody = SingletonSupplier.of(() -> encoded(UUID.randomUUID().toString()));
    }

    /** @param field of the request, to name it when the password is refused */
    public String hash(String password, String field) {
        int length = password.length();
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw UserProblem.USER_INVALID
                    .because(
                            "'%s' has %d characters; choose %d to %d.".formatted(field, length, MIN_LENGTH, MAX_LENGTH))
                    .about(field, null, "%d to %d characters".formatted(MIN_LENGTH, MAX_LENGTH));
        }
        return withSlot(() -> encoded(password));
    }

    /** @param hash null for somebody who is not known */
    public boolean matches(String password, @Nullable String hash) {
        String nobody = hashOfNobody.get();
        boolean tooLong = password.length() > MAX_LENGTH;
        String candidate = tooLong ? "" : password;
        boolean same = withSlot(() -> encoder.matches(candidate, hash == null ? nobody : hash));
        return same && hash != null && !tooLong;
    }

    private String encoded(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("a password has a hash");
        }
        return hash;
    }

    private <T> T withSlot(Supplier<T> work) {
        slots.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }
}

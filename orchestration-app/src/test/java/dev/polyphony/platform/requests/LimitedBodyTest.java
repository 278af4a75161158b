package dev.polyphony.platform.requests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polyphony.platform.errors.RefusedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.util.unit.DataSize;

class LimitedBodyTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final BodyBudget budget = new BodyBudget(10_000);

    private LimitedBody body(InputStream bytes, Duration time) {
        return body(bytes, time, null);
    }

    private LimitedBody body(InputStream bytes, Duration time, @Nullable BodyBudget share) {
        return new LimitedBody(
                new DelegatingServletInputStream(bytes),
                new LimitedBody.Limits(DataSize.ofBytes(5_000), time),
                budget,
                share);
    }

    private LimitedBody body(String text) {
        return body(new ByteArrayInputStream(text.getBytes(UTF_8)), MINUTE);
    }

    private static String refusal(LimitedBody body) {
        return String.valueOf(
                catchThrowableOfType(RefusedBody.class, body::readAllBytes).getMessage());
    }

    @Test
    void readsWhatIsWithinItsLimits() throws IOException {
        assertThat(body("{\"a\":\"ä😀\"}").readAllBytes()).asString(UTF_8).isEqualTo("{\"a\":\"ä😀\"}");
    }

    /** Each value weighs more than its characters do. */
    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "0,", "\"\":"})
    void refusesWhatCouldNeverBeHeld(String value) {
        assertThat(refusal(body(value.repeat(200)))).contains("more values than the server has memory for");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(refusal(body(" ".repeat(5_001)))).contains("at most 5000 bytes");
    }

    @Test
    void holdsNoMoreThanTheBudgetAtOnce() throws IOException {
        LimitedBody first = body("[" + " ".repeat(4_900));
        first.readAllBytes();
        LimitedBody second = body("[" + " ".repeat(4_900));
        second.readAllBytes();

        assertThat(refusal(body("[" + " ".repeat(500)))).contains("as many request bodies as it has memory for");

        first.release();
        assertThat(body("[" + " ".repeat(500)).readAllBytes()).hasSize(501);
    }

    @Test
    void holdsNoMoreForATenantThanItsShare() throws IOException {
        BodyBudget share = new BodyBudget(2_000);
        LimitedBody first = body(spaces(1_500), MINUTE, share);
        first.readAllBytes();

        assertThat(refusal(body(spaces(600), MINUTE, share))).contains("as large as you may have at once");
        assertThat(refusal(body(spaces(2_001), MINUTE, share))).contains("more values than the server has memory for");
        assertThat(body(spaces(600), MINUTE).readAllBytes()).hasSize(600);

        first.release();
        assertThat(body(spaces(600), MINUTE, share).readAllBytes()).hasSize(600);
    }

    /** What the server refuses costs the tenant nothing of its share. */
    @Test
    void givesTheShareBackWhenTheServerHasNoMemory() throws IOException {
        body(spaces(4_900), MINUTE).readAllBytes();
        body(spaces(4_900), MINUTE).readAllBytes();
        BodyBudget share = new BodyBudget(600);

        assertThat(refusal(body(spaces(500), MINUTE, share))).contains("as many request bodies as it has memory for");
        assertThat(share.take(600)).isTrue();
    }

    private static InputStream spaces(int count) {
        return new ByteArrayInputStream(" ".repeat(count).getBytes(UTF_8));
    }

    @Test
    void refusesWhatTakesTooLong() {
        assertThat(refusal(body(new ByteArrayInputStream(new byte[] {' '}), Duration.ofNanos(-1))))
                .contains("took longer");
    }
}

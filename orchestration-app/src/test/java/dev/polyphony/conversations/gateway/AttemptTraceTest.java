package dev.polyphony.conversations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.ModelAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class AttemptTraceTest {
    private static final ModelAttempt ATTEMPT =
            ModelAttempt.ok("a-provider-with-a-name", "m", Instant.EPOCH, Duration.ofSeconds(5));

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void fitsInTheHeadersHoweverOftenSomebodyWasAsked() {
        AttemptTrace.of("p", "m", Collections.nCopies(170, ATTEMPT)).writeTo(response);

        assertThat(response.getHeader("X-Polyphony-Attempts"))
                .hasSizeLessThan(4_000)
                .startsWith("a-provider-with-a-name;outcome=ok;ms=5000, ")
                .endsWith(", more=120");
    }

    @Test
    void cutsAndMendsANameThatNoHeaderCanHold() {
        AttemptTrace.of("p", "grün\r\n" + "x".repeat(100_000), Collections.nCopies(1, ATTEMPT))
                .writeTo(response);

        assertThat(response.getHeader("X-Polyphony-Model")).hasSize(200).startsWith("gr?n??xxx");
    }
}

package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a read waits for: the writes of its own key, and what its own request names. */
class OwnWritesTest extends ServerTest {
    private static final String READ = "/api/v1/webhooks";
    private static final String POSITION = "X-Position";
    private static final TenantId TENANT = new TenantId("own-writes");

    private final EventLog history;
    private String key = "";

    OwnWritesTest(@Autowired EventLog history) {
        this.history = history;
    }

    @BeforeEach
    void issueKey() {
        key = issue(TENANT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999",
                "-1",
                "0",
                "+5",
                "0x10",
                "1e9",
                "",
                "soon",
                "1,999999999999999999",
                "999999999999999999, soon"
            })
    void rememberNothingOfWhatARequestClaims(String claimed) {
        assertThat(api(key).get(READ, POSITION, claimed).status()).isEqualTo(200);

        Reply later = api(key).get(READ);

        assertThat(later.status()).isEqualTo(200);
        assertThat(later.header(POSITION)).isEmpty();
    }

    @Test
    void takeTheNewestOfSeveralHeadersUpToTheEndOfTheHistory() {
        long head = history.head();

        Reply reply = api(key).get(READ, POSITION, "soon", POSITION, String.valueOf(head), POSITION, "1");
        assertThat(reply.header(POSITION)).isEqualTo(String.valueOf(head));

        Reply justPast = api(key).get(READ, POSITION, "1", POSITION, String.valueOf(Long.MAX_VALUE / 10));
        assertThat(position(justPast)).isBetween(head, history.head());
    }

    @Test
    void waitForNothingThatIsNotThere() {
        api(key).get(READ, POSITION, "999999999999999999");
        long start = System.nanoTime();
        for (int read = 0; read < 5; read++) {
            api(key).get(READ);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ReadYourWrites.TIMEOUT.multipliedBy(2));
    }

    @Test
    void areRememberedForTheKeyThatWrote() {
        String sameName = issue(TENANT);
        String otherTenant = issue(new TenantId("own-writes-elsewhere"));
        long written = position(api(key).post(
                        "/api/v1/workflows/orchestrator/trigger",
                        "{\"input\":\"Some text.\"}",
                        POSITION,
                        "999999999999999999"));

        assertThat(position(api(key).get(READ))).isEqualTo(written);
        assertThat(position(api(key).get(READ, POSITION, "1"))).isEqualTo(written);
        assertThat(api(sameName).get(READ).header(POSITION)).isEmpty();
        assertThat(api(otherTenant).get(READ).header(POSITION)).isEmpty();
    }

    private String issue(TenantId tenant) {
        return TenantKey.issue(api(), tenant, Role.ADMIN);
    }

    private static long position(Reply reply) {
        return Long.parseLong(reply.header(POSITION));
    }
}

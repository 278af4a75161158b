package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.journey.Api.Reply;
import org.junit.jupiter.api.Test;

/** What Prometheus fetches. */
class MetricsTest extends ServerTest {
    @Test
    void tellAdminsInPrometheusText() {
        assertThat(stranger().get("/metrics").status()).isEqualTo(401);

        Reply asked = api().post("/openai/v1/embeddings", "{\"model\":\"embedded\",\"input\":\"a red boat\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);

        Reply metrics = stranger().get("/metrics", "Authorization", "Bearer " + KEY);

        assertThat(metrics.status()).as(metrics.text()).isEqualTo(200);
        assertThat(metrics.header("Content-Type")).startsWith("text/plain");
        assertThat(metrics.text())
                .contains("# TYPE gen_ai_client_operation_duration_seconds histogram")
                .containsPattern("gen_ai_client_operation_duration_seconds_count\\{.*"
                        + "gen_ai_operation_name=\"embeddings\",gen_ai_provider_name=\"embedded\".*} [1-9]");
    }

    @Test
    void tellHowManyWait() {
        assertThat(api().get("/metrics").text())
                .contains("# TYPE polyphony_history_waiting gauge")
                .contains("# TYPE polyphony_steps_waiting gauge")
                .containsPattern("(?m)^polyphony_history_waiting \\d")
                .containsPattern("(?m)^polyphony_steps_waiting \\d");
    }

    @Test
    void areAllThatIsShown() {
        assertThat(api().get("/prometheus").status()).isEqualTo(404);
        assertThat(api().get("/env").status()).isEqualTo(404);
    }
}

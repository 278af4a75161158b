package dev.polyphony.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.journey.PrometheusText.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus fetches keeps its conventions and is what the documentation says. */
class MetricNamesTest extends ServerTest {
    private static final Path DOCUMENTATION = Path.of("../docs/observability.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(polyphony_[a-z_]+)` \\|", Pattern.MULTILINE);

    @Test
    void giveNoWarningOfPromtool() {
        aRun();

        assertThat(scrape())
                .hasSizeGreaterThan(60)
                .allSatisfy(family ->
                        assertThat(family.warnings()).as(family.name()).isEmpty());
    }

    @Test
    void areDocumented() throws IOException {
        List<String> documented = ROW.matcher(Files.readString(DOCUMENTATION))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(scrape())
                .extracting(Family::name)
                .filteredOn(name -> name.startsWith("polyphony_") && !name.endsWith("_max"))
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void countARunItsStepsAndItsDeliveries() {
        double runs = value("polyphony_runs_finished_total{outcome=\"completed\"}");
        double steps = value("polyphony_steps_finished_total{outcome=\"completed\"}");

        aRun();

        assertThat(value("polyphony_runs_finished_total{outcome=\"completed\"}"))
                .isGreaterThan(runs);
        assertThat(value("polyphony_steps_finished_total{outcome=\"completed\"}"))
                .isGreaterThanOrEqualTo(steps + 5);
        assertThat(value("polyphony_events_total{event=\"workflow.completed\"}"))
                .isPositive();
        assertThat(value("polyphony_provider_circuit{provider=\"embedded\",state=\"closed\"}"))
                .isEqualTo(1);
        assertThat(value("polyphony_provider_circuit{provider=\"embedded\",state=\"open\"}"))
                .isZero();
        assertThat(value("polyphony_projection_dead_letters{projection=\"runs\"}"))
                .isNotNegative();
        assertThat(value("polyphony_projection_lag_events{projection=\"runs\"}"))
                .isNotNegative();
        assertThat(value("polyphony_webhook_deliveries_pending")).isNotNegative();
        assertThat(value("polyphony_budget_used_ratio{budget=\"detective-month\"}"))
                .isBetween(0.0, 1.0);
    }

    @Test
    void countWrongKeysAndMissingOnes() {
        double wrong = value("polyphony_authentication_failures_total{reason=\"wrong\"}");
        double missing = value("polyphony_authentication_failures_total{reason=\"missing\"}");

        assertThat(api("no-such-key-" + UUID.randomUUID())
                        .get("/api/v1/webhooks")
                        .status())
                .isEqualTo(401);
        assertThat(stranger().get("/api/v1/webhooks").status()).isEqualTo(401);

        assertThat(value("polyphony_authentication_failures_total{reason=\"wrong\"}"))
                .isGreaterThan(wrong);
        assertThat(value("polyphony_authentication_failures_total{reason=\"missing\"}"))
                .isGreaterThan(missing);
    }

    private void aRun() {
        var triggered = api().post("/api/v1/workflows/orchestrator/trigger", "{\"repository\":\"shop\"}");
        assertThat(triggered.status()).as(triggered.text()).isEqualTo(202);
        String run = triggered.json().at("/workflow_id").asString();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api().get("/api/v1/workflows/orchestrator/" + run + "/status")
                        .json()
                        .at("/status")
                        .asString()
                        .equals("completed"));
    }

    private double value(String sample) {
        return scrapeText()
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .map(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + sample));
    }

    private List<Family> scrape() {
        return PrometheusText.families(scrapeText());
    }

    private String scrapeText() {
        var reply = api().get("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        return reply.text();
    }
}

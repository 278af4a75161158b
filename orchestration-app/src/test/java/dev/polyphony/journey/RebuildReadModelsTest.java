package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projections;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.postgres.TableFingerprints;
import java.util.List;
import java.util.SortedMap;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every read model of the running server is the same after a rebuild, and after hearing everything twice. */
class RebuildReadModelsTest extends ServerTest {
    private static final int TIMEOUT = 60;

    /** What the server works with and no event tells, and what is added to a minute after it happened, whatever is tested then. */
    private static final List<String> NO_READ_MODELS = List.of(
            "identity.api_key_use",
            "identity.rate_limit",
            "identity.security_event",
            "identity.security_event_total",
            "webhooks.delivery",
            "webhooks.secret",
            "webhooks.subscription",
            "workflows.node");

    private final Projections projections;
    private final EventProcessingConfiguration processing;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final DSLContext sql;

    @Autowired
    RebuildReadModelsTest(
            Projections projections,
            EventProcessingConfiguration processing,
            TokenStore tokens,
            TransactionManager transactions,
            DSLContext sql) {
        this.projections = projections;
        this.processing = processing;
        this.tokens = tokens;
        this.transactions = transactions;
        this.sql = sql;
    }

    @BeforeEach
    void somethingHappens() {
        api().post("/api/v1/webhooks", "{\"url\":\"https://example.com/kept\",\"events\":[\"workflow.started\"]}");
        String removed = api().post("/api/v1/webhooks", "{\"url\":\"https://example.com/gone\",\"events\":[\"*\"]}")
                .json()
                .at("/id")
                .asString();
        assertThat(api().delete("/api/v1/webhooks/" + removed).status()).isEqualTo(204);
        assertThat(api().post("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"The cellar floods.\"}")
                        .status())
                .isEqualTo(202);
        await().atMost(TIMEOUT, SECONDS).until(this::isQuiet);
    }

    @Test
    void areTheSameAfterTwoRebuilds() {
        SortedMap<String, String> live = fingerprints();
        for (int rebuild = 0; rebuild < 2; rebuild++) {
            for (Projection readModel : readModels()) {
                Reply reply = api().post("/api/v1/projections/" + readModel.name() + "/replay", "");
                assertThat(reply.status()).as(reply.text()).isEqualTo(202);
                await().atMost(TIMEOUT, SECONDS).until(this::isQuiet);
            }
            assertThat(fingerprints()).isEqualTo(live);
        }
    }

    @Test
    void areTheSameAfterHearingEveryEventTwice() {
        SortedMap<String, String> live = fingerprints();
        readModels().forEach(this::hearAgain);
        await().atMost(TIMEOUT, SECONDS).until(this::isQuiet);

        assertThat(fingerprints()).isEqualTo(live);
    }

    private List<Projection> readModels() {
        List<Projection> readModels =
                projections.list().stream().filter(Projection::replayable).toList();
        assertThat(readModels).extracting(Projection::name).contains("api-keys", "runs", "webhook-directory");
        return readModels;
    }

    private SortedMap<String, String> fingerprints() {
        SortedMap<String, String> fingerprints = TableFingerprints.ofReadModels(sql, NO_READ_MODELS);
        assertThat(fingerprints)
                .containsKeys("identity.api_key", "webhooks.endpoint", "workflows.run", "workflows.step");
        return fingerprints;
    }

    /** Sets the tokens back without emptying the read model. */
    private void hearAgain(Projection readModel) {
        StreamingEventProcessor processor = processing
                .eventProcessor(readModel.name(), StreamingEventProcessor.class)
                .orElseThrow();
        processor.shutDown();
        transactions.executeInTransaction(() -> {
            for (int segment : tokens.fetchSegments(readModel.name())) {
                tokens.fetchToken(readModel.name(), segment);
                tokens.storeToken(new GlobalSequenceTrackingToken(0), readModel.name(), segment);
            }
        });
        processor.start();
    }

    /** In this order: a run that was begun before the read models had caught up is among them afterwards. */
    private boolean isQuiet() {
        return projections.list().stream().allMatch(each -> each.lag() == 0 && !each.replaying())
                && sql.fetchSingle("select count(*) from workflows.run where ended_at is null")
                                .get(0, Integer.class)
                        == 0;
    }
}

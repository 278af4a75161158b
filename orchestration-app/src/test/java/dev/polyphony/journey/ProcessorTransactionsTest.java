package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.Registration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a processor writes has to commit together with its position: a process that dies in between would do the work twice. */
class ProcessorTransactionsTest extends ServerTest {
    @Autowired
    private EventProcessingConfiguration processing;

    @Test
    void handlesEveryEventInATransactionOfTheDatabase() {
        Map<String, Boolean> inTransaction = new ConcurrentHashMap<>();
        List<EventProcessor> followers = processing.eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance)
                .toList();
        List<Registration> witnesses = followers.stream()
                .map(follower -> follower.registerHandlerInterceptor((_, chain) -> {
                    boolean active = TransactionSynchronizationManager.isActualTransactionActive();
                    inTransaction.merge(follower.getName(), active, Boolean::logicalAnd);
                    return chain.proceed();
                }))
                .toList();

        String run = api().post("/api/v1/workflows/orchestrator/trigger", "{\"input\":\"The cellar floods.\"}")
                .json()
                .at("/workflow_id")
                .asString();

        await().atMost(60, SECONDS)
                .until(() -> api().get("/api/v1/workflows/orchestrator/" + run + "/status")
                        .text()
                        .contains("\"completed\""));
        await().atMost(60, SECONDS).until(() -> inTransaction.keySet().containsAll(List.of("runs", "webhook-router")));
        witnesses.forEach(Registration::cancel);
        assertThat(inTransaction).doesNotContainValue(false);
    }
}

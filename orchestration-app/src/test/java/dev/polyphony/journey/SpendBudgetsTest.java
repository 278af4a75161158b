package dev.polyphony.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.budgets.BudgetId;
import dev.polyphony.budgets.BudgetLedger;
import dev.polyphony.budgets.BudgetLedger.Account;
import dev.polyphony.budgets.BudgetLimits;
import dev.polyphony.budgets.Spending;
import dev.polyphony.identity.Role;
import dev.polyphony.journey.Api.Reply;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two tenants who may spend little: every run of the one a token, the other a token a day. */
class SpendBudgetsTest extends ServerTest {
    private static final TenantId THRIFTY = new TenantId("thrifty");
    private static final TenantId FRUGAL = new TenantId("frugal");
    private static final String CHAT = """
        {"model":"embedded","messages":[{"role":"user","content":"The lighthouse is red. What colour is it?"}]%s}\
        """;
    private static final int TIMEOUT = 60;

    private final BudgetLedger ledger;
    private final DSLContext sql;

    SpendBudgetsTest(@Autowired BudgetLedger ledger, @Autowired DSLContext sql) {
        this.ledger = ledger;
        this.sql = sql;
    }

    @Test
    void stopsARunThatHasSpentItsBudgetAndTellsEverybody() throws Exception {
        Api admin = adminOf(THRIFTY);
        try (MockWebServer receiver = new MockWebServer()) {
            receiver.enqueue(new MockResponse.Builder().code(204).build());
            receiver.start(InetAddress.ofLiteral("127.0.0.1"), 0);
            subscribe(admin, receiver);
            String request = "budget-" + UUID.randomUUID();

            String run = trigger(admin, request);
            JsonNode status = ended(admin, run);

            assertThat(status.at("/status").asString()).as(status.toString()).isEqualTo("failed");
            assertThat(status.at("/problem").asString()).isEqualTo("BUDGET_EXHAUSTED");
            assertThat(status.at("/reason").asString())
                    .startsWith("The budget 'thrifty-run' of run " + run + " is used up: ")
                    .endsWith(" of 1 tokens are spent. It is not renewed.");
            assertThat(status.at("/layers/layer1_detection_analysis").asString())
                    .isEqualTo("completed");
            assertThat(status.at("/layers/layer2_intelligence_decision").asString())
                    .isEqualTo("failed");
            isInTheHistoryOnce(admin, request, run);
            wasTold(receiver, run);
            isShown(admin, run);
        }
    }

    @Test
    void saysItToClientsInTheirOwnWords() {
        Api admin = adminOf(FRUGAL);
        assertThat(admin.post("/openai/v1/chat/completions", CHAT.formatted("")).status())
                .isEqualTo(200);

        for (Reply refused : List.of(
                admin.post("/openai/v1/chat/completions", CHAT.formatted("")),
                admin.post("/openai/v1/chat/completions", CHAT.formatted(",\"stream\":true")),
                admin.post("/openai/v1/embeddings", "{\"model\":\"embedded\",\"input\":\"a text\"}"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(429);
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("insufficient_quota");
            assertThat(refused.json().at("/error/type").asString()).isEqualTo("insufficient_quota");
            assertThat(refused.json().at("/error/message").asString())
                    .startsWith("The budget 'frugal-day' of tenant frugal is used up: ");
            assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(0L, 86_400L);
        }
        for (Reply refused : List.of(
                admin.post("/ollama/api/chat", CHAT.formatted("")),
                admin.post("/ollama/api/chat", CHAT.formatted(",\"stream\":false")),
                admin.post("/ollama/api/embed", "{\"model\":\"embedded\",\"input\":\"a text\"}"))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(429);
            assertThat(refused.json().at("/error").asString())
                    .startsWith("The budget 'frugal-day' of tenant frugal is used up: ");
            assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(0L, 86_400L);
        }
        JsonNode budget = admin.get("/api/v1/budgets").json().at("/budgets/0");
        assertThat(budget.at("/owner").asString()).isEqualTo("tenant:frugal");
        assertThat(budget.at("/exhausted").asBoolean()).isTrue();
        assertThat(events(admin, "type=budget.exhausted"))
                .filteredOn(event -> event.at("/aggregate_id").asString().startsWith("budget-frugal-day/"))
                .hasSize(1);
    }

    /** By a rule that nobody has configured any more. */
    @Test
    void tellsWhatANodeUsedUpThatDiedBeforeItToldTheHistory() {
        BudgetId budget = new BudgetId("gone", FRUGAL, "run:" + UUID.randomUUID(), "all");
        BudgetLimits limits = new BudgetLimits(1000L, null);
        ledger.add(List.of(new Account(budget, limits)), new Spending(1004, 0, BigDecimal.ONE));
        wasSpentOnAgo("2 min", budget);
        Api admin = adminOf(FRUGAL);

        JsonNode event = await().atMost(TIMEOUT, SECONDS)
                .until(
                        () -> events(admin, "type=budget.exhausted").stream()
                                .filter(each ->
                                        each.at("/aggregate_id").asString().equals(budget.toString()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();

        assertThat(event.at("/payload/spent/tokens").asInt()).isEqualTo(1004);
        assertThat(event.at("/payload/limits/tokens").asInt()).isEqualTo(1000);
        assertThat(event.at("/actor").asString()).isEqualTo("system:budgets");
    }

    @Test
    void forgetsWhatRunsSpentLongAgo() {
        BudgetId budget = new BudgetId("per-run", FRUGAL, "run:" + UUID.randomUUID(), "all");
        ledger.add(List.of(new Account(budget, new BudgetLimits(1000L, null))), new Spending(1, 0, BigDecimal.ONE));
        wasSpentOnAgo("401 days", budget);

        await().atMost(TIMEOUT, SECONDS).until(() -> ledger.read(List.of(budget)), List::isEmpty);
    }

    @Test
    void showsBudgetsToAdminsOfTheTenantOnly() {
        String trainer = TrainerKey.issue(api());

        assertThat(stranger().get("/api/v1/budgets").status()).isEqualTo(401);
        assertThat(api(trainer).get("/api/v1/budgets").status()).isEqualTo(403);
        assertThat(api().get("/api/v1/budgets").json().at("/budgets")).isEmpty();
        assertThat(api().get("/api/v1/budgets?limit=0").status()).isEqualTo(400);
        assertThat(api().get("/api/v1/budgets?limit=1001").status()).isEqualTo(400);
    }

    private static void isInTheHistoryOnce(Api admin, String request, String run) {
        List<JsonNode> exhausted = events(admin, "type=budget.exhausted&correlation_id=" + request);
        assertThat(exhausted).hasSize(1);
        JsonNode event = exhausted.getFirst();
        assertThat(event.at("/aggregate_id").asString()).isEqualTo("budget-thrifty-run/thrifty/run:" + run + "/all");
        assertThat(event.at("/tenant").asString()).isEqualTo("thrifty");
        assertThat(event.at("/actor").asString()).isEqualTo("system:budgets");
        assertThat(event.at("/payload/limits/tokens").asInt()).isEqualTo(1);
        assertThat(event.at("/payload/spent/tokens").asInt()).isPositive();
        assertThat(event.at("/payload/spent").propertyNames()).containsExactly("tokens", "estimated_tokens", "cost");
        JsonNode failed = events(admin, "type=workflow.step.attempt_failed&correlation_id=" + request)
                .getFirst();
        assertThat(failed.at("/payload/problem").asString()).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(failed.at("/payload/attempts")).as("nobody was asked").isEmpty();
    }

    private static void wasTold(MockWebServer receiver, String run) throws InterruptedException {
        RecordedRequest delivery = receiver.takeRequest(TIMEOUT, SECONDS);
        assertThat(delivery).isNotNull();
        JsonNode reported =
                JsonMapper.builder().build().readTree(delivery.getBody().utf8());
        assertThat(reported.at("/event").asString()).isEqualTo("budget.exhausted");
        assertThat(reported.at("/data/budget/owner").asString()).isEqualTo("run:" + run);
    }

    private static void isShown(Api admin, String run) {
        JsonNode budgets = admin.get("/api/v1/budgets").json().at("/budgets");
        JsonNode budget = of("run:" + run, budgets);
        assertThat(of("agent:detection-agent", budgets).at("/spent/tokens").asLong())
                .as("the one step that was done was that agent's")
                .isEqualTo(budget.at("/spent/tokens").asLong());
        assertThat(budget.at("/name").asString()).isEqualTo("thrifty-run");
        assertThat(budget.at("/scope").asString()).isEqualTo("run");
        assertThat(budget.at("/limits/tokens").asInt()).isEqualTo(1);
        assertThat(budget.at("/spent/tokens").asInt()).isPositive();
        assertThat(budget.at("/remaining/tokens").asInt()).isZero();
        assertThat(budget.at("/exhausted").asBoolean()).isTrue();
        assertThat(budget.at("/period_end").isNull()).isTrue();
    }

    private static JsonNode of(String owner, JsonNode budgets) {
        return StreamSupport.stream(budgets.spliterator(), false)
                .filter(each -> each.at("/owner").asString().equals(owner))
                .findFirst()
                .orElseThrow();
    }

    private void wasSpentOnAgo(String time, BudgetId budget) {
        sql.execute(
                "update budgets.spending set last_spent_at = now() - ?::interval where owner = ?",
                time,
                budget.owner());
    }

    private Api adminOf(TenantId tenant) {
        return api(TenantKey.issue(api(), tenant, Role.ADMIN));
    }

    private static void subscribe(Api admin, MockWebServer receiver) {
        String body = "{\"url\":\"http://127.0.0.1:%d/hook\",\"events\":[\"budget.exhausted\"]}"
                .formatted(receiver.getPort());
        assertThat(admin.post("/api/v1/webhooks", body).status()).isEqualTo(201);
    }

    private static String trigger(Api admin, String request) {
        Reply reply = admin.post(
                "/api/v1/workflows/orchestrator/trigger",
                "{\"repository\":\"shop\",\"ai_providers\":\"embedded\"}",
                "X-Request-ID",
                request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().at("/workflow_id").asString();
    }

    private static JsonNode ended(Api admin, String run) {
        return await().atMost(TIMEOUT, SECONDS)
                .until(
                        () -> admin.get("/api/v1/workflows/orchestrator/" + run + "/status")
                                .json(),
                        status -> List.of("completed", "failed")
                                .contains(status.at("/status").asString()));
    }

    private static List<JsonNode> events(Api admin, String query) {
        JsonNode items = admin.get("/api/v1/events?limit=100&" + query).json().at("/items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }
}

package dev.polyphony.journey;

import dev.polyphony.OrchestrationApp;
import dev.polyphony.identity.limits.Limit;
import dev.polyphony.postgres.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A running server, the same for all test classes: on a real database, with a vendor that is down before the embedded model,
 * and with a small repository to work on. Loopback is the only private address that it may call.
 */
@SpringBootTest(classes = OrchestrationApp.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
abstract class ServerTest {
    static final String KEY = "test-admin-key-of-at-least-32-characters";

    private static final Vendor DOWN = new Vendor(_ -> Vendor.BROKEN);

    /** Switched off, so that only who asks for it on purpose or switches it on meets it. */
    static final Vendor VENDOR = new Vendor(_ -> Vendor.says("The lighthouse is red."));

    /** Switched off too. */
    static final SilentVendor SILENT = new SilentVendor();

    private static final Path HOME = sampleHome();

    /** Below it lie the repositories that tests inspect. */
    static final Path REPOSITORIES = HOME.resolve("repositories");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("spring.datasource.url", PostgresExtension::jdbcUrl);
        settings.add(
                "spring.datasource.username",
                () -> PostgresExtension.application().role());
        settings.add(
                "spring.datasource.password",
                () -> PostgresExtension.application().password());
        settings.add("spring.flyway.user", () -> PostgresExtension.owner().role());
        settings.add("spring.flyway.password", () -> PostgresExtension.owner().password());
        settings.add("polyphony.api-key", () -> KEY);
        settings.add("polyphony.data-dir", () -> HOME.resolve("data").toString());
        settings.add("polyphony.repositories.root", REPOSITORIES::toString);
        settings.add("polyphony.history.checkpoint-interval", () -> "5");
        settings.add("polyphony.http.allowed-private-addresses", () -> "127.0.0.1");
        settings.add(
                "polyphony.provider-catalogue", () -> "false"); // keys of this machine are none of the tests' business
        for (Limit limit : Limit.values()) { // what other tests send is not what is tested of limits
            settings.add("polyphony.limits.tiers.free." + limit.wireName().replace('_', '-'), () -> "1000000000");
        }
        settings.add("polyphony.limits.address-per-minute", () -> "3");
        settings.add("polyphony.webhooks.retry-waits", () -> "100ms,100ms,100ms");
        settings.add("polyphony.webhooks.poll-interval", () -> "100ms");
        settings.add("polyphony.security.lockout.address-failures", () -> "10000");
    }

    @DynamicPropertySource
    static void providers(DynamicPropertyRegistry settings) {
        settings.add("polyphony.providers.down.kind", () -> "openai");
        settings.add("polyphony.providers.down.base-url", DOWN::baseUrl);
        settings.add("polyphony.providers.down.model", () -> "test-model");
        settings.add(
                "polyphony.routing.failures-to-open",
                () -> "1000"); // one test's failures are not another one's circuit
        settings.add("polyphony.providers.vendor.kind", () -> "openai");
        settings.add("polyphony.providers.vendor.base-url", VENDOR::baseUrl);
        settings.add("polyphony.providers.vendor.model", () -> "test-model");
        settings.add("polyphony.providers.vendor.api-key", () -> "vendor-key");
        settings.add("polyphony.providers.vendor.priority", () -> "200");
        settings.add("polyphony.providers.vendor.enabled", () -> "false");
        settings.add("polyphony.providers.silent.kind", () -> "openai");
        settings.add("polyphony.providers.silent.base-url", SILENT::baseUrl);
        settings.add("polyphony.providers.silent.model", () -> "test-model");
        settings.add("polyphony.providers.silent.embedding-model", () -> "test-embeddings");
        settings.add("polyphony.providers.silent.enabled", () -> "false");
    }

    /** Those of tenants that only {@link SpendBudgetsTest} knows. */
    @DynamicPropertySource
    static void budgets(DynamicPropertyRegistry settings) {
        settings.add("polyphony.budget-sweep-interval", () -> "500ms");
        settings.add("polyphony.budgets[0].name", () -> "thrifty-run");
        settings.add("polyphony.budgets[0].scope", () -> "run");
        settings.add("polyphony.budgets[0].tenant", () -> "thrifty");
        settings.add("polyphony.budgets[0].tokens", () -> "1");
        settings.add("polyphony.budgets[2].name", () -> "detective-month");
        settings.add("polyphony.budgets[2].scope", () -> "agent");
        settings.add("polyphony.budgets[2].tenant", () -> "thrifty");
        settings.add("polyphony.budgets[2].agent", () -> "detection-agent");
        settings.add("polyphony.budgets[2].period", () -> "month");
        settings.add("polyphony.budgets[2].tokens", () -> "1000000000");
        settings.add("polyphony.budgets[1].name", () -> "frugal-day");
        settings.add("polyphony.budgets[1].scope", () -> "tenant");
        settings.add("polyphony.budgets[1].tenant", () -> "frugal");
        settings.add("polyphony.budgets[1].period", () -> "day");
        settings.add("polyphony.budgets[1].tokens", () -> "1");
    }

    final int port() {
        return port;
    }

    final Api api() {
        return api(KEY);
    }

    final String url() {
        return "http://localhost:" + port;
    }

    final Api api(String key) {
        return new Api(url(), "X-API-Key", key);
    }

    final Api stranger() {
        return new Api(url());
    }

    private static Path sampleHome() {
        try {
            Path home = Files.createTempDirectory("polyphony-journey");
            Path shop = Files.createDirectories(home.resolve("repositories/shop/src"));
            Files.writeString(shop.resolveSibling("README.md"), "# Shop\n\nSee [the plan](plan.md).\n");
            Files.writeString(
                    shop.resolve("Basket.java"),
                    "class Basket {\n    // TO" + "DO: round prices to cents\n    int total;\n}\n");
            Files.writeString(shop.resolve("Prices.java"), "class Prices {}\n" + "// a line of prices\n".repeat(450));
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

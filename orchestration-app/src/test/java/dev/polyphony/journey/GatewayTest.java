package dev.polyphony.journey;

import dev.polyphony.journey.Api.Reply;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The router as the clients of others see it, with a vendor that is well and tells what it was asked. */
abstract class GatewayTest extends ServerTest {
    static final String CONFIG = "/api/v1/ai-providers/vendor/config";

    /** The last request that the vendor got, unless a test has it behave otherwise. */
    final AtomicReference<String> asked = new AtomicReference<>("");

    @BeforeEach
    void theVendorIsAsked() {
        api().put(CONFIG, "{\"enabled\":true}");
        VENDOR.behaves(question -> {
            asked.set(question);
            return Vendor.says("The lighthouse is red.");
        });
    }

    @AfterEach
    void asBefore() {
        VENDOR.behaves(_ -> Vendor.says("The lighthouse is red."));
        api().put(CONFIG, "{\"enabled\":false}");
    }

    Reply bearer(String path, String body) {
        return stranger().post(path, body, "Authorization", "Bearer " + KEY);
    }

    Reply bearerGet(String path) {
        return stranger().get(path, "Authorization", "Bearer " + KEY);
    }
}

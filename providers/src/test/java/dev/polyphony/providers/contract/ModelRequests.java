package dev.polyphony.providers.contract;

import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.Passage;
import java.time.Duration;
import java.util.List;

/** Requests that tests are made of. */
public final class ModelRequests {
    public static final List<Passage> FINDINGS = List.of(
            new Passage("F1", "src/Billing.java has 1840 lines; files this long are hard to review."),
            new Passage("F2", "src/Login.java line 12 stores the password of the admin account in plain text."),
            new Passage("F3", "The README does not say how the tests are run."));

    private ModelRequests() {}

    public static ModelRequest about(String question) {
        return about(question, FINDINGS);
    }

    public static ModelRequest about(String question, List<Passage> passages) {
        return new ModelRequest("You review code and answer briefly.", question, passages, 120, Duration.ofSeconds(60));
    }

    public static ModelRequest limitedTo(int maxTokens) {
        ModelRequest request = about("Which finding is a security risk?");
        return new ModelRequest(
                request.instructions(), request.question(), request.passages(), maxTokens, request.timeout());
    }
}

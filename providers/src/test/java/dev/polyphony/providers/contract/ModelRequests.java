package dev.polyphony.providers.contract;

import dev.polyphony.providers.ContextChunk;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.Penalties;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.chat.Sampling;
import dev.polyphony.providers.chat.Tool;
import java.time.Duration;
import java.util.List;

/** Requests that tests are made of. */
public final class ModelRequests {
    public static final List<ContextChunk> FINDINGS = List.of(
            new ContextChunk("F1", "src/Billing.java has 1840 lines; files this long are hard to review."),
            new ContextChunk("F2", "src/Login.java line 12 stores the password of the admin account in plain text."),
            new ContextChunk("F3", "The README does not say how the tests are run."));

    public static final Tool WEATHER = new Tool("get_weather", "Tells the weather in a town.", """
        {"type": "object", "properties": {"town": {"type": "string", "minLength": 2}, "days": {"$ref": "#/$defs/days"}},
         "required": ["town"], "$defs": {"days": {"type": "integer", "maximum": 7}}}\
        """);

    public static final ReplyFormat.Json CITY = new ReplyFormat.Json("city", """
        {"type": "object", "properties": {"name": {"type": "string"}, "people": {"type": "integer"}},
         "required": ["name", "people"], "additionalProperties": false}\
        """);

    private ModelRequests() {}

    public static ModelRequest about(String question) {
        return about(question, FINDINGS);
    }

    public static ModelRequest about(String question, List<ContextChunk> passages) {
        return ModelRequest.about(
                "You review code and answer briefly.", question, passages, 120, Duration.ofSeconds(60));
    }

    public static ModelRequest limitedTo(int maxTokens) {
        return about("Which finding is a security risk?").withSampling(Sampling.limitedTo(maxTokens));
    }

    static Sampling penalized(double presence, double frequency) {
        return new Sampling(null, null, null, List.of(), null, new Penalties(presence, frequency));
    }
}

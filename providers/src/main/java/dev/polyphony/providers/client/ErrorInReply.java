package dev.polyphony.providers.client;

import dev.polyphony.providers.ProviderProblem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks into an answer whose status was fine for what makes it none. */
final class ErrorInReply {
    static final JsonMapper JSON = JsonMapper.shared();

    private final Response response;
    private final ResponseRules rules;

    ErrorInReply(Response response, ResponseRules rules) {
        this.response = response;
        this.rules = rules;
    }

    /**
     * A body that is not JSON is left to LangChain4j, which will not find a reply in it.
     *
     * @return the body as LangChain4j can read it
     */
    byte[] checked(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            check(json, new String(body, StandardCharsets.UTF_8));
            return rules.normalize(json) ? JSON.writeValueAsBytes(json) : body;
        } catch (JacksonException _) {
            return body;
        }
    }

    /** @throws RuntimeException {@link HttpFailure} or {@link CallFailure} */
    void check(JsonNode answer, String text) {
        JsonNode json = answer.isArray() ? answer.path(0) : answer;
        JsonNode error = json.path("error");
        boolean says = error.isObject()
                ? !error.isEmpty()
                : error.isString() && !error.stringValue().isBlank();
        if (says) {
            throw new HttpFailure(response.code(), text, response.headers());
        }
        Optional<String> refusal = rules.refusalIn(json);
        if (refusal.isPresent()) {
            throw new CallFailure(ProviderProblem.CONTENT_REFUSED, refusal.get());
        }
        Optional<String> failure = rules.failureIn(json);
        if (failure.isPresent()) {
            throw new CallFailure(ProviderProblem.PROVIDER_FAILED, failure.get());
        }
    }
}

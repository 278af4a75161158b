package dev.polyphony.providers.vendor;

import dev.polyphony.providers.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a vendor says in an error's body. Vendors agree on statuses roughly and on bodies not at all: OpenAI, Anthropic and
 * Gemini have an object under {@code error}, Ollama a text there, Mistral and Cohere write {@code message} at the top, NVIDIA
 * and FastAPI servers {@code detail}. Their codes and sentences are told apart by the words in them.
 */
final class VendorError {
    private static final Set<String> TEXT_FIELDS =
            Set.of("code", "type", "status", "message", "msg", "reason", "title", "detail", "error", "param");
    private static final int MAX_DEPTH = 6;
    private static final int MAX_TEXT = 4_000;

    private static final Pattern CONTEXT = words(
            "context_length_exceeded",
            "context_window",
            "exceed_context_size",
            "maximum context length",
            "maximum prompt length",
            "context (?:size|length|window|limit)",
            "exceeds? the context",
            "prompt is too long",
            "prompt too long",
            "input is too long",
            "input token count",
            "model token limit",
            "too large for model",
            "range of input length",
            "reduce the length of the (?:messages|prompt|input)",
            "request_too_large",
            "string_above_max_length",
            "\\b1261\\b"); // GLM: the prompt is too long
    private static final Pattern REFUSED = words(
            "content[_ ]filter",
            "content[_ ]policy",
            "data_inspection_failed",
            "datainspectionfailed",
            "content management policy",
            "safety system",
            "content_blocked",
            "prohibited_content",
            "moderation",
            "\\b1301\\b", // GLM: unsafe or sensitive content
            "high risk"); // Kimi
    private static final Pattern KEY = words(
            "api_key_invalid",
            "api key not valid",
            "invalid_api_key",
            "invalid api key",
            "incorrect api key",
            "authentication_error",
            "permission_error",
            "unauthenticated");
    private static final Pattern QUOTA = words(
            "insufficient_quota",
            "insufficient balance",
            "insufficient_balance",
            "exceeded_current_quota",
            "billing",
            "credit balance",
            "specified api usage limits",
            "payment required",
            "arrearage",
            "\\b1113\\b"); // GLM: in arrears
    private static final Pattern RATE = words(
            "rate_limit",
            "rate limit",
            "resource_exhausted",
            "too many requests",
            "too_many_requests",
            "tokens per minute");
    private static final Pattern MODEL = words(
            "model_not_found",
            "model_not_exist",
            "invalid_model",
            "invalid model",
            "unknown model",
            "unknown_model",
            "no such model",
            "model:? .{0,200}(?:not (?:be )?found|does not exist|not exist|is not supported|not available|no longer)",
            "models/.{0,200}is not found",
            "model is not found",
            "model_decommissioned",
            "\\b1211\\b"); // GLM: there is no such model
    private static final Pattern TIME = words("deadline_exceeded", "timeout_error", "timed out", "request_timeout");
    private static final Pattern BUSY = words(
            "overloaded",
            "unavailable",
            "internal_error",
            "internal_server_error",
            "server_error",
            "api_error",
            "engine_overloaded",
            "capacity",
            "\"internal\"");
    private static final Pattern INVALID = words("invalid_request", "invalid_argument", "bad_request", "validation");

    private final int status;
    private final String words;
    private final String sentence;

    /** @param status of the answer; 200 to 299 when the error came in a body or stream that began well */
    VendorError(int status, String body) {
        List<String> texts = new ArrayList<>();
        JsonNode json = read(body);
        collect(json, texts, 0);
        String all = texts.isEmpty() ? body : String.join(" ", texts);
        this.words = all.substring(0, Math.min(all.length(), MAX_TEXT)).toLowerCase(Locale.ROOT);
        this.status = status >= 200 && status < 300 ? statusIn(json) : status;
        this.sentence = sentence(json, body);
    }

    /** The vendor's sentence; the whole body where there is none. */
    String sentence() {
        return sentence;
    }

    ProviderProblem problem() {
        if (status == 429
                && words.contains("resource_exhausted")) { // Gemini: it names quota and billing for every limit
            return ProviderProblem.PROVIDER_RATE_LIMITED;
        }
        if (status == 402 || says(QUOTA)) {
            return ProviderProblem.PROVIDER_QUOTA_EXHAUSTED;
        }
        if (status == 429) {
            return ProviderProblem.PROVIDER_RATE_LIMITED;
        }
        if (status == 401 || (status == 403 && !says(REFUSED)) || says(KEY)) {
            return ProviderProblem.PROVIDER_REFUSED_KEY;
        }
        if (status >= 300 && status < 400) {
            return ProviderProblem.PROVIDER_FAILED;
        }
        return byWords();
    }

    private ProviderProblem byWords() {
        if (says(RATE)) {
            return ProviderProblem.PROVIDER_RATE_LIMITED;
        }
        if (says(CONTEXT)) {
            return ProviderProblem.CONTEXT_WINDOW_EXCEEDED;
        }
        if (says(REFUSED)) {
            return ProviderProblem.CONTENT_REFUSED;
        }
        if (says(MODEL) || (status == 404 && words.contains("model"))) {
            return ProviderProblem.PROVIDER_MODEL_UNKNOWN;
        }
        return byStatus();
    }

    private ProviderProblem byStatus() {
        if (status == 408 || status == 504 || says(TIME)) {
            return ProviderProblem.PROVIDER_TIMED_OUT;
        }
        boolean refusesRequest = status == 400 || status == 413 || status == 415 || status == 422;
        if (refusesRequest || (status == 0 && says(INVALID) && !says(BUSY))) {
            return ProviderProblem.PROVIDER_REQUEST_INVALID;
        }
        return ProviderProblem.PROVIDER_FAILED;
    }

    private boolean says(Pattern pattern) {
        return pattern.matcher(words).find();
    }

    private static Pattern words(String... alternatives) {
        return Pattern.compile(String.join("|", alternatives));
    }

    private static JsonNode read(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException _) {
            return JsonMapper.shared().missingNode();
        }
    }

    private static void collect(JsonNode json, List<String> texts, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        json.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull() && TEXT_FIELDS.contains(field.getKey())) {
                texts.add(value.asString());
            }
            collect(value, texts, depth + 1);
        });
        if (json.isArray()) {
            json.forEach(element -> collect(element, texts, depth + 1));
        }
    }

    /** The HTTP status that some vendors repeat in the body; 0 when there is none. */
    private static int statusIn(JsonNode json) {
        JsonNode error = json.isArray() ? json.path(0).path("error") : json.path("error");
        for (String name : List.of("code", "status_code", "status")) {
            JsonNode code = error.path(name);
            if (code.isInt() && code.intValue() >= 400 && code.intValue() < 600) {
                return code.intValue();
            }
        }
        return 0;
    }

    private static String sentence(JsonNode json, String body) {
        JsonNode top = json.isArray() ? json.path(0) : json;
        JsonNode error = top.path("error");
        for (JsonNode told :
                List.of(error.path("message"), error, top.path("message"), top.path("detail"), top.path("title"))) {
            if (told.isString() && !told.stringValue().isBlank()) {
                return told.stringValue();
            }
        }
        return body;
    }
}

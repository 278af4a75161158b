package dev.polyphony.providers.vendor;

import dev.polyphony.providers.ProviderProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a vendor says in an error. The status and the codes in known places of the body decide whose fault it is. The words of a
 * message may repeat the request, so they only tell kinds of the request's own fault apart, and never lay blame on the provider.
 * Vendors agree on bodies not at all: OpenAI, Anthropic and Gemini have an object under {@code error}, Ollama and xAI a text there,
 * Mistral and Cohere write at the top.
 */
final class VendorError {
    private static final List<String> CODE_FIELDS = List.of("code", "type", "status", "reason");
    private static final int MAX_DETAILS = 20;
    private static final int MAX_TEXT = 4_000;

    /** Statuses with which a vendor refuses the request itself. */
    private static final Set<Integer> REFUSES_REQUEST =
            Set.of(400, 405, 406, 409, 411, 413, 414, 415, 416, 422, 431, 451);

    /** GLM's 1261: the prompt is too long. */
    private static final Set<String> CONTEXT = Set.of(
            "context_length_exceeded",
            "exceed_context_size_error",
            "model_max_prompt_tokens_exceeded",
            "string_above_max_length",
            "request_too_large",
            "1261");

    private static final Set<String> TOO_LARGE =
            Set.of("tokens_limit_reached", "payload_too_large", "content_too_large");

    /** GLM's 1301: unsafe or sensitive content. */
    private static final Set<String> REFUSED = Set.of(
            "content_filter",
            "content_policy_violation",
            "responsibleaipolicyviolation",
            "data_inspection_failed",
            "datainspectionfailed",
            "content_blocked",
            "prohibited_content",
            "moderation_blocked",
            "moderation",
            "safety",
            "cyber_policy_violation",
            "1301");

    private static final Set<String> KEY = Set.of(
            "api_key_invalid",
            "api_key_expired",
            "invalid_api_key",
            "invalidapikey",
            "authentication_error",
            "permission_error",
            "permission_denied",
            "unauthenticated");

    /** GLM's 1113: in arrears. */
    private static final Set<String> QUOTA = Set.of(
            "insufficient_quota",
            "insufficient_balance",
            "insufficient_credits",
            "exceeded_current_quota_error",
            "billing_error",
            "billing_not_active",
            "billing_hard_limit_reached",
            "account_deactivated",
            "arrearage",
            "1113");

    private static final Set<String> RATE = Set.of(
            "rate_limit_error",
            "rate_limit_exceeded",
            "rate_limited",
            "rate_limit_reached_error",
            "resource_exhausted",
            "too_many_requests",
            "throttling");

    /** GLM's 1211: there is no such model. */
    private static final Set<String> MODEL = Set.of(
            "model_not_found",
            "model_not_exist",
            "model_not_available",
            "invalid_model",
            "unknown_model",
            "model_decommissioned",
            "1211");

    private static final Set<String> NOT_FOUND = Set.of("not_found_error", "not_found");
    private static final Set<String> TIME = Set.of("deadline_exceeded", "timeout_error", "request_timeout", "timeout");
    private static final Set<String> INVALID = Set.of("invalid_request_error", "invalid_argument", "bad_request");

    private static final Pattern CONTEXT_WORDS = words(
            "maximum context length",
            "maximum prompt length",
            "context (?:size|length|window|limit)",
            "exceeds? the context",
            "prompt (?:is )?too long",
            "prompt exceeds max",
            "input is too long",
            "input token count",
            "model token limit",
            "too large for model",
            "range of input length",
            "reduce the length of the (?:messages|prompt|input)");
    private static final Pattern REFUSED_WORDS =
            words("content[_ ]filter", "content[_ ]policy", "content management policy", "safety system", "moderation");

    /** At the beginning of a message stand the vendor's own words. */
    private static final Pattern TOO_LARGE_WORDS = Pattern.compile("^request too large\\b");

    private static final Pattern ANTHROPICS_ACCOUNT = Pattern.compile(
            "^your credit balance is too low to access|^you have reached your specified api usage limits");

    private final int status;
    private final Set<String> codes;
    private final String words;
    private final String sentence;

    /** @param status of the answer; 200 to 299 when the error came in a body or stream that began well */
    VendorError(int status, String body) {
        JsonNode json = read(body);
        JsonNode top = json.isArray() ? json.path(0) : json;
        this.codes = codes(top);
        this.sentence = sentence(top, body);
        this.words =
                sentence.substring(0, Math.min(sentence.length(), MAX_TEXT)).toLowerCase(Locale.ROOT);
        this.status = status >= 200 && status < 300 ? statusIn(top) : status;
    }

    /** The vendor's sentence; the whole body where there is none. */
    String sentence() {
        return sentence;
    }

    ProviderProblem problem() {
        if (has(CONTEXT)) {
            return ProviderProblem.CONTEXT_WINDOW_EXCEEDED;
        }
        if (has(REFUSED)) {
            return ProviderProblem.CONTENT_REFUSED;
        }
        if (status == 413 || has(TOO_LARGE) || (status == 429 && says(TOO_LARGE_WORDS))) {
            return says(CONTEXT_WORDS) && status != 429 && !has(RATE)
                    ? ProviderProblem.CONTEXT_WINDOW_EXCEEDED
                    : ProviderProblem.PROVIDER_REQUEST_INVALID;
        }
        return ofOurAccount();
    }

    private ProviderProblem ofOurAccount() {
        boolean gemini = has(Set.of("resource_exhausted")); // its limits on a minute have the words of a quota
        if (status == 402 || (has(QUOTA) && !gemini) || isAnthropicsAccount()) {
            return ProviderProblem.PROVIDER_QUOTA_EXHAUSTED;
        }
        if (status == 429 || has(RATE)) {
            return ProviderProblem.PROVIDER_RATE_LIMITED;
        }
        if (status == 403 && says(REFUSED_WORDS)) {
            return ProviderProblem.CONTENT_REFUSED;
        }
        if (status == 401 || status == 403 || has(KEY)) {
            return ProviderProblem.PROVIDER_REFUSED_KEY;
        }
        boolean ofModels = has(NOT_FOUND) || words.contains("model");
        boolean notThere = status == 400 && words.equals("model not exist"); // DeepSeek has no code for it
        if (has(MODEL) || notThere || (status == 404 && ofModels)) {
            return ProviderProblem.PROVIDER_MODEL_UNKNOWN;
        }
        return ofTheRequest();
    }

    /** Anthropic has no code for an account without money, but sentences that repeat nothing. */
    private boolean isAnthropicsAccount() {
        return status == 400
                && codes.contains("error")
                && ANTHROPICS_ACCOUNT.matcher(words).find();
    }

    private ProviderProblem ofTheRequest() {
        if (status == 408 || status == 504 || (status < 500 && has(TIME))) {
            return ProviderProblem.PROVIDER_TIMED_OUT;
        }
        if (!REFUSES_REQUEST.contains(status) && !(status == 0 && has(INVALID))) {
            return ProviderProblem.PROVIDER_FAILED;
        }
        if (says(CONTEXT_WORDS)) {
            return ProviderProblem.CONTEXT_WINDOW_EXCEEDED;
        }
        return says(REFUSED_WORDS) ? ProviderProblem.CONTENT_REFUSED : ProviderProblem.PROVIDER_REQUEST_INVALID;
    }

    private boolean has(Set<String> some) {
        return codes.stream().anyMatch(some::contains);
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

    /** Only where vendors put them: elsewhere a body may repeat the request, with fields of the same names. */
    private static Set<String> codes(JsonNode top) {
        JsonNode error = top.path("error");
        Set<String> codes = new HashSet<>();
        Stream.concat(
                        Stream.of(top, error, error.path("innererror")),
                        error.path("details").valueStream().limit(MAX_DETAILS))
                .forEach(place -> CODE_FIELDS.stream()
                        .map(place::path)
                        .filter(code -> code.isString() || code.isInt())
                        .forEach(code -> codes.add(code.asString().toLowerCase(Locale.ROOT))));
        return codes;
    }

    /** The HTTP status that some vendors repeat in the body; 0 when there is none. */
    private static int statusIn(JsonNode top) {
        for (JsonNode place : List.of(top.path("error"), top)) {
            for (String name : List.of("code", "status_code", "status", "http_code")) {
                JsonNode code = place.path(name);
                int number = code.isInt() ? code.intValue() : numberIn(code);
                if (number >= 400 && number < 600) {
                    return number;
                }
            }
        }
        return 0;
    }

    private static int numberIn(JsonNode code) {
        return code.isString() && code.stringValue().matches("\\d{3}") ? Integer.parseInt(code.stringValue()) : 0;
    }

    private static String sentence(JsonNode top, String body) {
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

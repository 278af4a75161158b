package dev.polyphony.conversations.gateway;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who was asked, in order, and how it went; goes beside an interface's own fields.
 *
 * @param provider who replied; null when nobody did
 * @param model the model that replied, as its vendor names it; null when none did
 * @param attempts each provider that was asked or passed over, in order
 */
@Schema(name = "AttemptTrace")
public record AttemptTrace(
        @Nullable String provider, @Nullable String model, List<Attempt> attempts) {
    private static final String PROVIDER = "X-Polyphony-Provider";
    private static final String MODEL = "X-Polyphony-Model";
    private static final String ATTEMPTS = "X-Polyphony-Attempts";

    /** A web server has room for some 8,000 characters of headers, and refuses the whole reply when there are more. */
    private static final int MAX_ATTEMPTS = 50;

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x21-\\x7e]");
    private static final int MAX_MODEL_LENGTH = 200;

    /**
     * One try at one provider.
     *
     * @param provider the provider's configured name
     * @param model the model that was asked, as its vendor names it
     * @param outcome {@code ok}, or why not
     * @param durationMs how long it took, in milliseconds
     */
    @Schema(name = "ProviderAttempt")
    public record Attempt(String provider, String model, String outcome, long durationMs) {
        static Attempt of(ModelAttempt attempt) {
            return new Attempt(
                    attempt.provider(),
                    attempt.model(),
                    attempt.outcome(),
                    attempt.duration().toMillis());
        }

        private String headerValue() {
            return provider + ";outcome=" + outcome + ";ms=" + durationMs;
        }
    }

    /** @param model which model a reply comes from */
    static <T> AttemptTrace of(Routed<T> routed, Function<T, String> model) {
        return switch (routed) {
            case Answered<T> answered -> of(answered.provider(), model.apply(answered.reply()), answered.attempts());
            case Unanswered<T> unanswered -> of(null, null, unanswered.attempts());
        };
    }

    static AttemptTrace of(@Nullable String provider, @Nullable String model, List<ModelAttempt> attempts) {
        return new AttemptTrace(
                provider, model, attempts.stream().map(Attempt::of).toList());
    }

    /**
     * As headers, for clients that do not read the body's own fields. A vendor's name for its model may be of any length and hold what no header can; of
     * very many attempts the first are named, and how many more there were.
     */
    void writeTo(HttpServletResponse response) {
        if (provider != null) {
            response.setHeader(PROVIDER, provider);
        }
        if (model != null) {
            String name = model.length() > MAX_MODEL_LENGTH ? model.substring(0, MAX_MODEL_LENGTH) : model;
            response.setHeader(MODEL, NOT_PRINTABLE.matcher(name).replaceAll("?"));
        }
        String shown =
                attempts.stream().limit(MAX_ATTEMPTS).map(Attempt::headerValue).collect(Collectors.joining(", "));
        int more = attempts.size() - MAX_ATTEMPTS;
        response.setHeader(ATTEMPTS, more > 0 ? shown + ", more=" + more : shown);
    }
}

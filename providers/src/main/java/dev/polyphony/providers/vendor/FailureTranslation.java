package dev.polyphony.providers.vendor;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.client.CallEnded;
import dev.polyphony.providers.client.CallFailure;
import dev.polyphony.providers.client.HttpFailure;
import dev.polyphony.providers.client.ReplyTooLargeException;
import dev.polyphony.providers.config.ProviderConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what was thrown below in the words of {@link ProviderProblem}. */
final class FailureTranslation {
    private static final Logger LOG = LoggerFactory.getLogger(FailureTranslation.class);
    private static final int CAUSES = 20;

    private final ProviderConfig config;
    private final VendorWords words;

    FailureTranslation(ProviderConfig config) {
        this.config = config;
        this.words = new VendorWords(config.apiKey());
    }

    /** JSON before I/O: Jackson's exceptions are IOExceptions, and a page of HTML is not a broken connection. */
    ProviderFailure of(RuntimeException caught) {
        RuntimeException thrown =
                find(caught, CallEnded.class).map(CallEnded::failure).orElse(caught);
        return find(thrown, ProviderFailure.class)
                .or(() -> find(thrown, HttpFailure.class).map(this::answered))
                .or(() -> find(thrown, InterruptedException.class).map(_ -> interrupted()))
                .or(() -> find(thrown, CallFailure.class).map(e -> because(e.problem(), e)))
                .or(() -> because(ProviderProblem.CONTENT_REFUSED, ContentFilteredException.class, thrown))
                .or(() -> because(ProviderProblem.PROVIDER_LACKS_CAPABILITY, UnsupportedFeatureException.class, thrown))
                .or(() -> find(thrown, JacksonException.class).map(this::notAReply))
                .or(() -> because(ProviderProblem.PROVIDER_REPLY_MALFORMED, ReplyTooLargeException.class, thrown))
                .or(() -> find(thrown, IOException.class).map(this::unreachable))
                .orElseGet(() -> notAReply(thrown));
    }

    private Optional<ProviderFailure> because(
            ProviderProblem problem, Class<? extends Exception> type, Throwable thrown) {
        return find(thrown, type).map(e -> because(problem, e));
    }

    private ProviderFailure because(ProviderProblem problem, Exception e) {
        return problem.because(config.name() + ": " + excerpt(e.getMessage()));
    }

    private ProviderFailure answered(HttpFailure failure) {
        String body = String.valueOf(failure.getMessage());
        VendorError error = new VendorError(failure.statusCode(), body);
        ProviderProblem problem = error.problem();
        String how = failure.behindSuccess()
                ? "%s told of an error".formatted(config.name())
                : "%s answered HTTP %d".formatted(config.name(), failure.statusCode());
        String sentence = problem == ProviderProblem.PROVIDER_REFUSED_KEY
                ? "%s: it did not accept polyphony.providers.%s.api-key".formatted(how, config.name())
                : "%s: %s".formatted(how, excerpt(error.sentence()));
        VendorRetryAfter waits =
                new VendorRetryAfter(failure.headers(), Clock.systemUTC().instant());
        Duration wait =
                problem == ProviderProblem.PROVIDER_RATE_LIMITED ? waits.in(body, error.sentence()) : waits.stated();
        return problem.because(sentence).answered(failure.statusCode(), wait);
    }

    /** OkHttp lets it through while it connects, without saying so, and the thread no longer knows that it was interrupted. */
    private ProviderFailure interrupted() {
        Thread.currentThread().interrupt();
        return ProviderProblem.PROVIDER_CALL_CANCELLED.because(config.name() + ": the call was cancelled");
    }

    private ProviderFailure unreachable(IOException e) {
        return ProviderProblem.PROVIDER_UNREACHABLE.because(
                "%s at %s cannot be reached: %s".formatted(config.name(), config.baseUrl(), excerpt(e.getMessage())));
    }

    private ProviderFailure notAReply(Throwable e) {
        LOG.debug("{} sent something that is not a reply", config, e);
        return ProviderProblem.PROVIDER_REPLY_MALFORMED.because(
                "%s sent something that is not a reply: %s".formatted(config.name(), whatIsWrong(e)));
    }

    /** LangChain4j stumbles over what is missing, in words about its own code. */
    private String whatIsWrong(Throwable e) {
        if (e instanceof NullPointerException || e instanceof IndexOutOfBoundsException) {
            return "a part that every reply has is missing";
        }
        return e instanceof JacksonException ? "it is not the JSON of a reply" : excerpt(e.getMessage());
    }

    private static <T> Optional<T> find(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private String excerpt(@Nullable String text) {
        return words.excerpt(text);
    }
}

package dev.polyphony.providers.openai;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.http.ReplyTooLargeException;
import dev.polyphony.shared.Rejection;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what LangChain4j threw in the words of {@link ProviderProblem}. */
final class OpenAiFailures {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiFailures.class);
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final int EXCERPT = 300;
    private static final int CAUSES = 20;

    private final OpenAiEndpoint endpoint;

    OpenAiFailures(OpenAiEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** JSON before I/O: Jackson's exceptions are IOExceptions, and a page of HTML is not a broken connection. */
    Rejection rejection(RuntimeException thrown) {
        return find(thrown, HttpException.class)
                .map(this::status)
                .or(() -> find(thrown, TimeoutException.class).map(this::timeout))
                .or(() -> find(thrown, JacksonException.class).map(this::notACompletion))
                .or(() -> find(thrown, ReplyTooLargeException.class).map(this::tooLarge))
                .or(() -> find(thrown, IOException.class).map(this::unreachable))
                .orElseGet(() -> notACompletion(thrown));
    }

    private Rejection status(HttpException e) {
        String answer = "%s answered HTTP %d".formatted(endpoint.name(), e.statusCode());
        return switch (e.statusCode()) {
            case 401, 403 ->
                ProviderProblem.PROVIDER_REFUSED_KEY.because(
                        "%s: it did not accept polyphony.providers.%s.api-key".formatted(answer, endpoint.name()));
            case 429 -> ProviderProblem.PROVIDER_RATE_LIMITED.because(answer + ": too many requests");
            default -> ProviderProblem.PROVIDER_FAILED.because(answer + ": " + excerpt(e.getMessage()));
        };
    }

    private Rejection timeout(TimeoutException e) {
        return ProviderProblem.PROVIDER_TIMED_OUT.because(endpoint.name() + ": " + e.getMessage());
    }

    private Rejection tooLarge(ReplyTooLargeException e) {
        return ProviderProblem.PROVIDER_FAILED.because(endpoint.name() + ": " + e.getMessage());
    }

    private Rejection unreachable(IOException e) {
        return ProviderProblem.PROVIDER_UNREACHABLE.because(
                "%s at %s cannot be reached: %s".formatted(endpoint.name(), endpoint.baseUrl(), e.getMessage()));
    }

    private Rejection notACompletion(Throwable e) {
        LOG.debug("{} sent something that is not a chat completion", endpoint, e);
        return ProviderProblem.PROVIDER_FAILED.because("%s sent something that is not a chat completion: %s"
                .formatted(endpoint.name(), excerpt(e.getMessage())));
    }

    private static <T> Optional<T> find(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(CAUSES)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /** The vendor's words, shortened and on one line: they end up in events and logs. */
    private static String excerpt(@Nullable String text) {
        String line =
                NOT_PRINTABLE.matcher(String.valueOf(text)).replaceAll(" ").strip();
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + " …";
    }
}

package dev.polyphony.providers.vendor;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.http.BrokenStreamException;
import dev.polyphony.providers.http.CancelledException;
import dev.polyphony.providers.http.HttpFailure;
import dev.polyphony.providers.http.RefusedException;
import dev.polyphony.providers.http.ReplyTooLargeException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what was thrown below in the words of {@link ProviderProblem}. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final int EXCERPT = 300;
    private static final int CAUSES = 20;

    private final Endpoint endpoint;

    Failures(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** JSON before I/O: Jackson's exceptions are IOExceptions, and a page of HTML is not a broken connection. */
    ProviderFailure of(RuntimeException thrown) {
        return find(thrown, ProviderFailure.class)
                .or(() -> find(thrown, HttpFailure.class).map(this::answered))
                .or(() -> find(thrown, TimeoutException.class)
                        .map(e -> ProviderProblem.PROVIDER_TIMED_OUT.because(told(e))))
                .or(() -> find(thrown, CancelledException.class)
                        .map(e -> ProviderProblem.PROVIDER_CALL_CANCELLED.because(told(e))))
                .or(() -> refused(thrown))
                .or(() -> find(thrown, BrokenStreamException.class)
                        .map(e -> ProviderProblem.PROVIDER_STREAM_BROKEN.because(told(e))))
                .or(() -> find(thrown, UnsupportedFeatureException.class)
                        .map(e -> ProviderProblem.PROVIDER_LACKS_CAPABILITY.because(told(e))))
                .or(() -> find(thrown, JacksonException.class).map(this::notAReply))
                .or(() -> find(thrown, ReplyTooLargeException.class)
                        .map(e -> ProviderProblem.PROVIDER_FAILED.because(told(e))))
                .or(() -> find(thrown, IOException.class).map(this::unreachable))
                .orElseGet(() -> notAReply(thrown));
    }

    private ProviderFailure answered(HttpFailure failure) {
        String body = String.valueOf(failure.getMessage());
        Complaint complaint = new Complaint(failure.statusCode(), body);
        ProviderProblem problem = complaint.problem();
        String how = failure.behindSuccess()
                ? "%s told of an error".formatted(endpoint.name())
                : "%s answered HTTP %d".formatted(endpoint.name(), failure.statusCode());
        String sentence = problem == ProviderProblem.PROVIDER_REFUSED_KEY
                ? "%s: it did not accept polyphony.providers.%s.api-key".formatted(how, endpoint.name())
                : "%s: %s".formatted(how, excerpt(complaint.sentence()));
        return problem.because(sentence)
                .askingToWait(
                        new RetryAfter(failure.headers(), Clock.systemUTC().instant()).in(body));
    }

    private Optional<ProviderFailure> refused(RuntimeException thrown) {
        return find(thrown, RefusedException.class)
                .<RuntimeException>map(e -> e)
                .or(() -> find(thrown, ContentFilteredException.class))
                .map(e -> ProviderProblem.CONTENT_REFUSED.because(
                        "%s refuses: %s".formatted(endpoint.name(), excerpt(e.getMessage()))));
    }

    private ProviderFailure unreachable(IOException e) {
        return ProviderProblem.PROVIDER_UNREACHABLE.because("%s at %s cannot be reached: %s"
                .formatted(endpoint.name(), endpoint.baseUrl(), excerpt(e.getMessage())));
    }

    private ProviderFailure notAReply(Throwable e) {
        LOG.debug("{} sent something that is not a reply", endpoint, e);
        return ProviderProblem.PROVIDER_FAILED.because(
                "%s sent something that is not a reply: %s".formatted(endpoint.name(), excerpt(e.getMessage())));
    }

    private String told(Throwable e) {
        return endpoint.name() + ": " + excerpt(e.getMessage());
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

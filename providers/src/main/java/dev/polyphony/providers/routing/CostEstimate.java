package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Spending;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.config.ProviderLimits.Price;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt is worth to budgets: the tokens that the provider counted, and else about as many as it has read and written,
 * because who hangs up before they are counted does not ask for free.
 *
 * @param input about how many tokens were to be read
 * @param price null when it is not known
 */
record CostEstimate(int input, @Nullable Price price) {
    private static final int OK = 200;

    /** Ended when the provider had the request and may have been at work. */
    private static final Set<ProviderProblem> AT_WORK = EnumSet.of(
            ProviderProblem.PROVIDER_FIRST_TOKEN_TIMED_OUT,
            ProviderProblem.PROVIDER_STALLED,
            ProviderProblem.PROVIDER_TIMED_OUT,
            ProviderProblem.PROVIDER_REPLY_EMPTY,
            ProviderProblem.PROVIDER_REPLY_MALFORMED,
            ProviderProblem.PROVIDER_STREAM_BROKEN,
            ProviderProblem.PROVIDER_CALL_CANCELLED,
            ProviderProblem.REPLY_NOT_BY_SCHEMA,
            ProviderProblem.PROVIDER_REPLY_UNUSABLE);

    /** @param written characters of the reply */
    Spending forReply(@Nullable TokenUsage counted, int written) {
        return counted == null ? estimate(written) : exact(counted);
    }

    /** @param heard characters that were told of a reply before it failed */
    Spending forFailure(ProviderFailure failure, int heard) {
        TokenUsage counted = failure.spent();
        if (counted != null) {
            return exact(counted);
        }
        boolean refused = failure.status() != null && failure.status() != OK;
        return heard > 0 || (AT_WORK.contains(failure.problem()) && !refused) ? estimate(heard) : Spending.NOTHING;
    }

    /** @param written characters, which somebody may have heard */
    Spending estimate(int written) {
        int output = Math.ceilDiv(written, RoutedRequest.CHARACTERS_PER_TOKEN);
        return new Spending((long) input + output, (long) input + output, cost(input, output));
    }

    private Spending exact(TokenUsage counted) {
        return new Spending((long) counted.input() + counted.output(), 0, cost(counted.input(), counted.output()));
    }

    private BigDecimal cost(int read, int written) {
        return price == null ? BigDecimal.ZERO : price.of(read, written);
    }
}

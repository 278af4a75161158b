package dev.polyphony.providers.openai;

import dev.langchain4j.http.client.HttpRequest;
import dev.polyphony.providers.client.HttpFailure;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.vendor.RequestBodies;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * By which name a vendor takes the limit on tokens. OpenAI's newer models refuse {@code max_tokens}; most compatible servers know
 * nothing else, or ignore the other name. What a vendor refuses is learned.
 */
final class TokenLimit {
    static final String OLD = "max_tokens";
    static final String NEW = "max_completion_tokens";

    private static final Pattern OPENAI = Pattern.compile("(?i)api\\.openai\\.com|.+\\.(?:openai\\.azure|azure)\\.com");
    private static final Pattern REASONING = Pattern.compile("(?i)(?:.*/)?(?:o[1-9]|gpt-[5-9])(?:[.-].*)?");
    private static final Set<Integer> REFUSALS = Set.of(400, 422);
    private static final int MAX_WORDS = 4_000;

    private static final Pattern OLD_UNKNOWN = unknown(OLD);
    private static final Pattern NEW_UNKNOWN = unknown(NEW);

    private volatile String name;

    TokenLimit(ProviderConfig config) {
        boolean isNew = OPENAI.matcher(config.host()).matches()
                || REASONING.matcher(config.model()).matches();
        this.name = isNew ? NEW : OLD;
    }

    /** The name beside words for "there is no such parameter". */
    private static Pattern unknown(String name) {
        return Pattern.compile(
                ("(?is)(?:unsupported|unknown|unrecogni[sz]ed|unexpected|extra|invalid)\\W+(?:\\w+\\W+){0,4}?%1$s\\b"
                                + "|\\b%1$s\\W+(?:\\w+\\W+){0,6}?(?:unsupported|unknown|unrecogni[sz]ed"
                                + "|not\\W+(?:supported|permitted|allowed)|deprecated|extra_forbidden)")
                        .formatted(name));
    }

    boolean isNew() {
        return name.equals(NEW);
    }

    /** The refused request with the other name, which is used from now on; empty when the name was not the reason. */
    Optional<HttpRequest> renamed(HttpRequest refused, HttpFailure refusal) {
        String sent = refused.body().contains("\"" + NEW + "\"") ? NEW : OLD;
        String other = sent.equals(NEW) ? OLD : NEW;
        String told = String.valueOf(refusal.getMessage());
        String words = told.substring(0, Math.min(told.length(), MAX_WORDS));
        boolean isUnknown =
                (sent.equals(NEW) ? NEW_UNKNOWN : OLD_UNKNOWN).matcher(words).find();
        if (!REFUSALS.contains(refusal.statusCode())
                || !isUnknown
                || !refused.body().contains("\"" + sent + "\"")) {
            return Optional.empty();
        }
        name = other;
        return Optional.of(RequestBodies.edited(refused, body -> body.set(other, body.remove(sent))));
    }
}

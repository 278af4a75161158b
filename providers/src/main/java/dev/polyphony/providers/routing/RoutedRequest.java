package dev.polyphony.providers.routing;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.chat.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is asked, in a form that can be put to any provider. */
sealed interface RoutedRequest<T> {
    /** Four characters are about one token in English; other languages need more. */
    int CHARACTERS_PER_TOKEN = 4;

    /**
     * Blocks until the provider has answered.
     *
     * @param recorder hears the pieces of a stream
     */
    T ask(ModelProvider provider, Duration within, ReplyRecorder recorder);

    Set<Capability> needs();

    /** The longest one attempt may take, as far as the request itself limits it. */
    Duration timeout();

    /** Whether the provider's model is asked, and not another one of the same provider. */
    default boolean isForItsModel() {
        return true;
    }

    /** Whether it is answered piece by piece. */
    default boolean streamed() {
        return false;
    }

    /** About how many tokens will be read. */
    int input();

    /** The most tokens that may be written, as far as the request limits them. */
    int output();

    /** Whether it has passages that an answer can be selected from. */
    default boolean bringsPassages() {
        return false;
    }

    /** The same for what asks the same, whenever it is asked. */
    int identity();

    @Nullable
    TokenUsage usage(T answer);

    /** How many characters a provider wrote for it. */
    int written(T answer);

    /** The next message of a conversation, whole or piece by piece. */
    record Message(ModelRequest request, boolean streamed) implements RoutedRequest<ModelReply> {
        @Override
        public ModelReply ask(ModelProvider provider, Duration within, ReplyRecorder recorder) {
            ModelRequest timed = request.withTimeout(within);
            return streamed ? provider.stream(timed, recorder) : provider.reply(timed);
        }

        @Override
        public Duration timeout() {
            return request.timeout();
        }

        @Override
        public Set<Capability> needs() {
            return request.needs();
        }

        @Override
        public int input() {
            return request.prompt().stream()
                            .map(ChatMessage::text)
                            .mapToInt(String::length)
                            .sum()
                    / CHARACTERS_PER_TOKEN;
        }

        @Override
        public int output() {
            return Objects.requireNonNullElse(request.sampling().maxTokens(), 0);
        }

        @Override
        public boolean bringsPassages() {
            return !request.passages().isEmpty();
        }

        @Override
        public int identity() {
            return Objects.hash(request.messages(), request.passages(), request.tools());
        }

        @Override
        public @Nullable TokenUsage usage(ModelReply answer) {
            return answer.usage();
        }

        @Override
        public int written(ModelReply answer) {
            return answer.text().length()
                    + answer.calls().stream().mapToInt(ToolCall::length).sum();
        }
    }

    /** Texts to be made vectors of. */
    record Vectors(List<String> texts) implements RoutedRequest<Embeddings> {
        private static final Duration UNLIMITED = Duration.ofHours(24);

        @Override
        public Embeddings ask(ModelProvider provider, Duration within, ReplyRecorder recorder) {
            return provider.embed(texts, within);
        }

        @Override
        public Duration timeout() {
            return UNLIMITED;
        }

        @Override
        public boolean isForItsModel() {
            return false;
        }

        @Override
        public Set<Capability> needs() {
            return Set.of(Capability.EMBEDDINGS);
        }

        @Override
        public int input() {
            return texts.stream().mapToInt(String::length).sum() / CHARACTERS_PER_TOKEN;
        }

        @Override
        public int output() {
            return 0;
        }

        @Override
        public int identity() {
            return texts.hashCode();
        }

        @Override
        public @Nullable TokenUsage usage(Embeddings answer) {
            return answer.tokens() == null ? null : new TokenUsage(answer.tokens(), 0);
        }

        @Override
        public int written(Embeddings answer) {
            return 0;
        }
    }
}

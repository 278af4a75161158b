package dev.polyphony.providers.vendor;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.client.AnswerReader;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.HttpFailure;
import dev.polyphony.providers.reply.ReplyDraft;
import java.util.Optional;
import java.util.Set;

/**
 * How one vendor is asked, in requests that LangChain4j writes, and how its answers are read. Adding a vendor means writing one of
 * these. Its models are built once, on
 * {@link CurrentCall}, with every retry of LangChain4j's switched off.
 */
public interface Dialect {
    /** What it can do; {@link Capability#EMBEDDINGS} counts only where an embedding model is configured. */
    Set<Capability> capabilities();

    /** Reads the answer to one call into the draft. */
    AnswerReader reader(ReplyDraft draft);

    ChatModel chat();

    StreamingChatModel streaming();

    EmbeddingModel embeddings();

    ModelList models();

    /** The parameters that all vendors share, together with those of the request that this vendor alone takes. */
    default ChatRequestParameters parameters(ModelRequest request, ChatRequestParameters shared) {
        return shared;
    }

    /** What is sent, where LangChain4j leaves out a part of the request. */
    default HttpRequest complete(HttpRequest sent, ModelRequest request) {
        return sent;
    }

    /** Whether the model is told the limit on tokens by {@link #parameters}, in the vendor's own way. */
    default boolean limitsTokensItself() {
        return false;
    }

    /**
     * The same request in other words, where the vendor refused it for a parameter's name.
     *
     * @return empty when it was refused for anything else
     */
    default Optional<HttpRequest> reworded(HttpRequest refused, HttpFailure refusal) {
        return Optional.empty();
    }

    /** Whether the vendor takes this schema as it is. */
    default boolean takes(ReplyFormat.Json format) {
        return true;
    }

    /** An id of a tool call that this vendor takes, made from one that another vendor may have given. */
    default String callId(String id) {
        return id;
    }
}

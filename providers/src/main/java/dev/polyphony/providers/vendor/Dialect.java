package dev.polyphony.providers.vendor;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.client.CurrentCall;
import dev.polyphony.providers.client.ResponseRules;
import java.util.Set;

/**
 * How one vendor is asked through LangChain4j. Adding a vendor means writing one of these. Its models are built once, on
 * {@link CurrentCall}, with every retry of LangChain4j's switched off.
 */
public interface Dialect {
    /** What it can do; {@link Capability#EMBEDDINGS} counts only where an embedding model is configured. */
    Set<Capability> capabilities();

    /** For one call. */
    ResponseRules rules();

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

    /** Whether the vendor takes this schema as it is. */
    default boolean takes(ReplyFormat.Json format) {
        return true;
    }

    /** Tokens that were written but are not in the count of output tokens. */
    default int hiddenTokens(TokenUsage usage) {
        return 0;
    }

    /** An id of a tool call that this vendor takes, made from one that another vendor may have given. */
    default String callId(String id) {
        return id;
    }
}

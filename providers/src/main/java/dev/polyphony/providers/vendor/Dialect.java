package dev.polyphony.providers.vendor;

import dev.polyphony.providers.Capability;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.chat.ReplyFormat;
import dev.polyphony.providers.client.ResponseRules;
import dev.polyphony.providers.client.VendorCall;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Set;

/**
 * How one vendor is asked through LangChain4j. Adding a vendor means writing one of these. Models are made for one call each,
 * with every retry of LangChain4j's switched off; what a request says in words that all vendors share is added to them later.
 */
public interface Dialect {
    /** What it can do; {@link Capability#EMBEDDINGS} counts only where an embedding model is configured. */
    Set<Capability> capabilities();

    /** For one call. */
    ResponseRules wire();

    ChatModel chat(Endpoint endpoint, VendorCall call, ModelRequest request);

    StreamingChatModel streaming(Endpoint endpoint, VendorCall call, ModelRequest request);

    /** @param model the embedding model */
    EmbeddingModel embeddings(Endpoint endpoint, VendorCall call, String model);

    ModelList models(Endpoint endpoint);

    /** Whether the model is told the limit on tokens by {@link #chat}, in the vendor's own way. */
    default boolean limitsTokensItself(Endpoint endpoint) {
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

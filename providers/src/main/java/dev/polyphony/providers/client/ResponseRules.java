package dev.polyphony.providers.client;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a vendor's answers mean beyond what LangChain4j reads in them. The rest is the same everywhere: an event is JSON, an
 * event called {@code error} or an answer with a field {@code error} is one, and a stream has an end.
 */
public interface ResponseRules {
    /** What stands behind the last event of OpenAI's streams in place of JSON. */
    String DONE = "[DONE]";

    /** What an event of a stream is. */
    enum Meaning {
        /** A sign of life and nothing else. */
        PING,
        /** Announces a reply and has none of its tokens yet; before the first token it does not end the wait for it. */
        OPENING,
        /** A part of the reply. */
        CONTENT,
        /** The part that says why the model stopped; something like the count of tokens may follow. */
        FINISH,
        /** The last one; nothing behind it is read. */
        END
    }

    /** @param json the event's data; a missing node for {@value #DONE} */
    Meaning meaningOf(ServerSentEvent event, JsonNode json);

    /** The vendor's words when an answer or event says that the content is refused. */
    Optional<String> refusalIn(JsonNode json);

    /** Why an answer or event that looks like a reply is none, though it is no refusal: the vendor broke off. */
    default Optional<String> failureIn(JsonNode json) {
        return Optional.empty();
    }

    /**
     * Changes an answer or event where LangChain4j is known to misread it.
     *
     * @return whether there was anything to change
     */
    default boolean normalize(JsonNode json) {
        return false;
    }
}

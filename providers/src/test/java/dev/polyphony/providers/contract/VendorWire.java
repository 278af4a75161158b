package dev.polyphony.providers.contract;

import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.vendor.Dialect;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a vendor's server sends, after the vendor's public documentation. Every reply comes from the model
 * {@value #MODEL}, read {@value #READ} tokens and wrote {@value #WRITTEN}.
 */
public interface VendorWire {
    String MODEL = "vendor-large-2";
    int READ = 31;
    int WRITTEN = 7;

    /**
     * An error as the vendor tells it.
     *
     * @param what names it in the test's report
     */
    record Fault(String what, int status, String body, ProviderProblem problem) {
        @Override
        public String toString() {
            return what + " (" + status + ")";
        }
    }

    Dialect dialect(ProviderConfig config);

    /** What the base URL ends in. */
    String basePath();

    /** A whole reply; it stopped by itself. */
    String reply(String text);

    /** A whole reply that came to the limit on tokens. */
    String cutReply(String text);

    /** The same reply or events, which stopped for a reason that this vendor's documentation does not have. */
    String stopped(String reply);

    /** An answer with status 200 in which the content is refused. */
    String refusal();

    /** A whole reply that wants tools called. */
    String toolCalls(List<ToolCall> calls);

    /** Whether the vendor gives tool calls ids. */
    boolean givesIds();

    /** The events of a stream that has begun, with these pieces, and no end. */
    String streamBegin(List<String> pieces);

    /** The events that end such a stream. */
    String streamEnd();

    /** The events of a whole stream that wants tools called. */
    String toolCallStream(List<ToolCall> calls);

    /** The event of one piece of text, which is JSON already. */
    String rawPiece(String json);

    /** The events that end a stream which came to its limit on tokens. */
    String cutEnd();

    /** A whole reply whose content is a list of these texts, with a thought among them. */
    String replyInParts(List<String> texts);

    /** A whole reply that calls a tool with arguments which are this JSON text. */
    String callWithText(String arguments);

    /** The same as a stream. */
    String callStreamWithText(String arguments);

    /** What such a stream ends in, once the last call has come whole. */
    String callEnd();

    /** The seed that the vendor is sent for this one. */
    default long seed(long asked) {
        return asked;
    }

    /** An error in the middle of a stream, which is the vendor's own. */
    String errorEvent();

    /** A sign of life without a token; a comment where the vendor has none of its own. */
    String ping();

    /** An answer with one vector for each of that many texts; the first number of each is its position. */
    String vectors(int count);

    /** Whether the tokens of embeddings are counted: always {@value #READ}. */
    boolean countsEmbeddings();

    /** The path of the list of models, with its query. */
    String listPath();

    /** A list of these models. */
    String list(List<String> models);

    List<Fault> errors();

    /** The cells of each line of a table, which are parted by bars. */
    static Stream<List<String>> rows(String table) {
        return table.lines().map(line -> List.of(line.split(" \\| ")));
    }

    /** A text as JSON writes it, with its quotation marks. */
    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}

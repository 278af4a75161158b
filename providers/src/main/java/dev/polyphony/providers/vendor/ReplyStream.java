package dev.polyphony.providers.vendor;

import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.ToolCall;
import dev.polyphony.providers.client.VendorCall;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes a stream on and keeps it. Everything happens on the thread that asked. */
final class ReplyStream implements StreamingChatResponseHandler {
    private final VendorCall call;
    private final ReplyListener listener;
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private @Nullable ChatResponse response;
    private @Nullable Throwable failure;
    private @Nullable RuntimeException thrownByListener;

    ReplyStream(VendorCall call, ReplyListener listener) {
        this.call = call;
        this.listener = listener;
    }

    @Override
    public void onPartialResponse(String piece) {
        String storable = ResponseTranslation.storable(piece);
        text.append(storable);
        tell(() -> listener.onText(storable));
    }

    /** LangChain4j tells a nameless one for indexes that a vendor leaves out. */
    @Override
    public void onCompleteToolCall(CompleteToolCall complete) {
        String name = complete.toolExecutionRequest().name();
        if (name != null && !name.isBlank()) {
            ToolCall toolCall = ResponseTranslation.call(complete.toolExecutionRequest());
            calls.add(toolCall);
            tell(() -> listener.onToolCall(toolCall));
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
        response = complete;
    }

    @Override
    public void onError(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    /** LangChain4j would swallow the exception and go on reading. */
    private void tell(Runnable piece) {
        if (thrownByListener != null) {
            return;
        }
        try {
            piece.run();
        } catch (RuntimeException thrown) {
            thrownByListener = thrown;
            call.cancel();
        }
    }

    /** The response; what the listener threw, or what went wrong with the stream, is thrown. */
    ChatResponse response() throws ListenerThrew {
        if (thrownByListener != null) {
            throw new ListenerThrew(thrownByListener);
        }
        if (failure != null) {
            throw failure instanceof RuntimeException told ? told : new IllegalStateException(failure);
        }
        if (response == null) {
            throw new IllegalStateException("LangChain4j told neither a response nor an error");
        }
        return response;
    }

    String text() {
        return text.toString();
    }

    List<ToolCall> calls() {
        return calls;
    }

    /** What the listener threw, on its way to the listener's owner. */
    static final class ListenerThrew extends Exception {
        private static final long serialVersionUID = 1L;

        private final RuntimeException thrown;

        ListenerThrew(RuntimeException thrown) {
            super(thrown);
            this.thrown = thrown;
        }

        RuntimeException thrown() {
            return thrown;
        }
    }
}

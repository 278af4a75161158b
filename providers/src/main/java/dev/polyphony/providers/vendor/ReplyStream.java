package dev.polyphony.providers.vendor;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.polyphony.providers.chat.ReplyRecorder;
import dev.polyphony.providers.client.VendorCall;
import org.jspecify.annotations.Nullable;

/** Takes a stream from LangChain4j. Everything happens on the thread that asked. */
final class ReplyStream implements StreamingChatResponseHandler {
    private final VendorCall call;
    private final ReplyRecorder recorder;
    private @Nullable ChatResponse response;
    private @Nullable Throwable failure;

    ReplyStream(VendorCall call, ReplyRecorder recorder) {
        this.call = call;
        this.recorder = recorder;
    }

    @Override
    public void onPartialResponse(String piece) {
        record(() -> recorder.onText(ResponseTranslation.storable(piece)));
    }

    /** LangChain4j tells a nameless one for indexes that a vendor leaves out. */
    @Override
    public void onCompleteToolCall(CompleteToolCall complete) {
        String name = complete.toolExecutionRequest().name();
        if (name != null && !name.isBlank()) {
            record(() -> recorder.onToolCall(ResponseTranslation.call(complete.toolExecutionRequest())));
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

    /** LangChain4j would swallow what the listener throws and go on reading. */
    private void record(Runnable piece) {
        if (recorder.thrown() != null) {
            return;
        }
        try {
            piece.run();
        } catch (RuntimeException thrown) {
            if (recorder.thrown() == null) {
                throw thrown;
            }
            call.cancel();
        }
    }

    /** The response; what the listener threw, or what went wrong with the stream, is thrown. */
    ChatResponse response() throws ListenerThrew {
        if (recorder.thrown() != null) {
            throw new ListenerThrew(recorder.thrown());
        }
        if (failure != null) {
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
        if (response == null) {
            throw new IllegalStateException("LangChain4j told neither a response nor an error");
        }
        return response;
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

package dev.polyphony.conversations.gateway;

import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.chat.ReplyListener;





/** Writes a reply in the words of one interface while it is told. */
public interface ReplyStream extends ReplyListener {
    /** What it writes to. */
    StreamingResponse out();

    /** All of the reply was told. */
    void end(ModelReply reply, AttemptTrace trail);

    /** The reply broke off after its first piece. Nobody must take what was written for the whole. */
    void fail(Unanswered<ModelReply> broken, AttemptTrace trail);
}

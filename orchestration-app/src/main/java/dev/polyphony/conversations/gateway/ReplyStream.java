package dev.polyphony.conversations.gateway;

import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.chat.ReplyListener;

/** Writes a reply in the format of one API while it arrives. */
public interface ReplyStream extends ReplyListener {
    /** What it writes to. */
    StreamingResponse out();

    /** The reply is complete. */
    void end(ModelReply reply, AttemptTrace trace);

    /** The reply broke off after its first chunk. The client must be able to tell that it is incomplete. */
    void fail(Unanswered<ModelReply> broken, AttemptTrace trace);
}

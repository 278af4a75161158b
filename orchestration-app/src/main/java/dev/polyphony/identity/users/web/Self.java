package dev.polyphony.identity.users.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.users.UserId;

/** Whether a caller is a user. No API key, and no token for somebody who is only named, can have such an actor. */
final class Self {
    private Self() {}

    static boolean is(Caller caller, UserId userId) {
        return caller.actor().equals("user:" + userId);
    }
}

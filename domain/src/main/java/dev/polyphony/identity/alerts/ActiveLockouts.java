package dev.polyphony.identity.alerts;

import dev.polyphony.shared.ServerWide;

/** How many are not listened to just now, because they failed too often. */
@ServerWide("who is locked out has not proved whose tenant he belongs to")
public interface ActiveLockouts {
    int count();
}

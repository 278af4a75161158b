package dev.polyphony.workflows;

import dev.polyphony.shared.NodeId;

/** Which server processes are alive. */
public interface Nodes {
    /** Says that the node is alive now. */
    void heartbeat(NodeId node);

    /** Says that the node has stopped. */
    void leave(NodeId node);

    /** Says that no other node can be alive, because this one holds the database for itself. */
    void retireOthers(NodeId node);
}

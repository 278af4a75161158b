package dev.polyphony.audit.projections;

import dev.polyphony.shared.ServerWide;
import java.util.List;

/** The read models and automations that follow the history: how far each has come, and a way to rebuild one. */
@ServerWide("read models follow the whole history; only admins see them")
public interface Projections {
    /** All of them, by name. */
    List<Projection> list();

    /** @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#PROJECTION_UNKNOWN} */
    Projection find(String name);

    /**
     * Empties a read model and lets it hear the history again from the first event, on whatever nodes. Its dead letters go,
     * because their events are heard again too. Returns as soon as the emptying is committed; the others run on meanwhile,
     * and so does this one if the call fails. Of two callers at once, the later one begins the rebuild anew.
     *
     * @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#PROJECTION_UNKNOWN};
     *     {@link ProjectionProblem#PROJECTION_NOT_REPLAYABLE} for an automation, which would act again;
     *     {@link ProjectionProblem#PROJECTION_BUSY} when what is at work now does not let go within seconds
     */
    void replay(String name);
}

package dev.polyphony.workflows.engine;

import dev.polyphony.shared.Json;
import dev.polyphony.shared.TenantId;

/** Work that code of this server does as a step of a run. Every bean of this type is registered under its name. */
public interface TaskType {
    /** As definitions give it; stored for ever. */
    String name();

    /**
     * Blocks until it is done. It may be done again when the process ends before the result is stored. What it throws fails the
     * attempt.
     *
     * @param tenant whose run it is
     * @param parameters of the step
     * @param runInput what the run is about
     */
    Json perform(TenantId tenant, Json parameters, Json runInput);
}

package dev.polyphony.platform.database;

/**
 * Present when this process brought its own database, which no other process can use.
 *
 * @param isNew whether it was created by this start
 */
public record OwnDatabase(boolean isNew) {}

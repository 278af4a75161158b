package dev.polyphony.shared;

/** Turns records into {@link Json} and back: snake_case members, and members that a record does not know are left out. */
public interface JsonValues {
    Json write(Object value);

    /** @throws RuntimeException when the value does not have the form of the type */
    <T> T read(Json json, Class<T> type);
}

package dev.polyphony.platform.errors;

/** What an error says beside its sentence, as a record for programs. Its members are part of the answer. */
public interface ErrorDetails {}

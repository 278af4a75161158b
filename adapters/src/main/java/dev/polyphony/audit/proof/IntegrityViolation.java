package dev.polyphony.audit.proof;

/**
 * What does not fit.
 *
 * @param position of the first event that is changed, missing or too many
 * @param reason a sentence for operators
 */
record IntegrityViolation(long position, String reason) {}

package dev.polyphony.inspection;

/**
 * One fact about one place.
 *
 * @param id {@code F1}, {@code F2}, …: unique within its inspection, in order of weight
 * @param rule what was found: {@code open_marker}, {@code long_file}, {@code duplicate_block}, {@code long_line}, …
 * @param component the documented component it belongs to: {@code code_quality}, {@code security}, {@code performance} or
 *     {@code documentation}
 * @param file path within the source, with forward slashes
 * @param line the first line it concerns, from 1
 * @param message the fact in one sentence that names file, line and measure
 * @param remedy what would mend it, in one sentence
 */
public record Finding(String id, String rule, String component, String file, int line, String message, String remedy) {}

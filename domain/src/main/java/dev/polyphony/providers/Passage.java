package dev.polyphony.providers;

/**
 * A piece of context that a reply may cite.
 *
 * @param id short and unique within the request, such as {@code F12}; a reply cites it as {@code [F12]}
 * @param text one or a few sentences
 */
public record Passage(String id, String text) {}

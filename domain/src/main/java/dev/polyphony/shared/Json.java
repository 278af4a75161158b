package dev.polyphony.shared;

/**
 * A JSON value whose members its context does not know. It is stored as JSON, not as a text in JSON. Where it is erased, or was
 * never there, it reads as {@link #NULL}.
 *
 * @param text the value without white space, as {@link JsonValues} writes it; equal texts are equal values
 */
public record Json(String text) {
    public static final Json NULL = new Json("null");

    /** An object without members. */
    public static final Json EMPTY = new Json("{}");

    public boolean isNull() {
        return equals(NULL);
    }

    @Override
    public String toString() {
        return text;
    }
}

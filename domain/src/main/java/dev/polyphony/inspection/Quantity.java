package dev.polyphony.inspection;

/** A number of things, in words. */
public final class Quantity {
    private Quantity() {}

    /** {@code 1 file}, {@code 2 files}: for nouns whose plural ends in s. */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

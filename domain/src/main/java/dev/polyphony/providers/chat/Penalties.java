package dev.polyphony.providers.chat;

/**
 * What makes it less likely that a reply says again what was said before. Less than 0 makes it likelier.
 *
 * @param presence for whatever was said at all, -2 to 2; 0 for none
 * @param frequency for each time that it was said, -2 to 2; 0 for none
 */
public record Penalties(double presence, double frequency) {
    private static final double MOST = 2;

    public static final Penalties NONE = new Penalties(0, 0);

    public Penalties {
        check("presence_penalty", presence);
        check("frequency_penalty", frequency);
    }

    private static void check(String name, double penalty) {
        if (!(penalty >= -MOST && penalty <= MOST)) {
            throw new IllegalArgumentException(name + " is -2 to 2, not " + penalty);
        }
    }

    public boolean isNone() {
        return presence == 0 && frequency == 0;
    }
}

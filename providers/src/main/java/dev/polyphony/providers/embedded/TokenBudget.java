package dev.polyphony.providers.embedded;

/** The tokens a reply may still have. */
final class TokenBudget {
    private int left;

    TokenBudget(int tokens) {
        left = tokens;
    }

    /** Whether the line still fits; if so, its tokens are spent. */
    boolean spend(String line) {
        int tokens = MiniLm.count(line);
        if (tokens > left) {
            return false;
        }
        left -= tokens;
        return true;
    }
}

package dev.polyphony.audit.cli;

import dev.polyphony.audit.VerificationResult;

/** A result as a person reads it. */
final class VerificationText {
    private VerificationText() {}

    static String of(VerificationResult result, boolean withCheckpoints) {
        return printable(
                result.valid()
                        ? "VALID: " + checked(result) + "\n" + checkpoints(result, withCheckpoints)
                        : "NOT VALID at position " + result.firstInvalidPosition() + ": " + result.reason()
                                + "\nIn order before that: " + checked(result));
    }

    private static String checked(VerificationResult result) {
        if (result.checked() == 0) {
            return "no events from position " + result.from();
        }
        long last = result.from() + result.checked() - 1;
        return "events " + result.from() + " to " + last + "\nHash of event " + last + ": " + result.lastHash() + "\n"
                + withheld(result);
    }

    private static String withheld(VerificationResult result) {
        return result.withheld() == 0
                ? "Withheld: none, the content of every event was checked."
                : "Withheld: " + result.withheld() + " of " + result.checked()
                        + ", shown as a digest only. Nothing is known of their content. An export withholds the events"
                        + " of other tenants; whoever had it may have replaced more.";
    }

    private static String checkpoints(VerificationResult result, boolean given) {
        return given
                ? "Signed checkpoints that agree: " + result.checkpointsCompared()
                : "No checkpoints were given: somebody who computed every hash anew would not be found.";
    }

    /** A file from elsewhere may hold what a terminal would act on. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}

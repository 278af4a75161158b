package dev.polyphony.audit.cli;

import dev.polyphony.audit.VerificationResult;





/** A verdict as a person reads it. */
final class VerificationText {
    private VerificationText() {}

    static String of(VerificationResult verdict, boolean withCheckpoints) {
        return printable(
                verdict.valid()
                        ? "VALID: " + checked(verdict) + "\n" + checkpoints(verdict, withCheckpoints)
                        : "NOT VALID at position " + verdict.firstInvalidPosition() + ": " + verdict.reason()
                                + "\nIn order before that: " + checked(verdict));
    }

    private static String checked(VerificationResult verdict) {
        if (verdict.checked() == 0) {
            return "no events from position " + verdict.from();
        }
        long last = verdict.from() + verdict.checked() - 1;
        return "events " + verdict.from() + " to " + last + "\nHash of event " + last + ": " + verdict.lastHash();
    }

    private static String checkpoints(VerificationResult verdict, boolean given) {
        return given
                ? "Signed checkpoints that agree: " + verdict.checkpointsCompared()
                : "No checkpoints were given: somebody who computed every hash anew would not be found.";
    }

    /** A file from elsewhere may hold what a terminal would act on. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]", "?");
    }
}

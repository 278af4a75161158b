package dev.polyphony.platform.openapi;

/** Java's regular expressions as JSON Schema understands them. */
final class Patterns {
    private Patterns() {}

    /**
     * Bean Validation matches the whole text, JSON Schema any part of it. A possessive quantifier only saves time where it is used here: what
     * it matches is the same without.
     */
    static String ecma(String java) {
        String plain = java.replaceAll("(?<!\\\\)([*+?}])\\+", "$1");
        return plain.startsWith("^") ? plain : "^(?:" + plain + ")$";
    }
}

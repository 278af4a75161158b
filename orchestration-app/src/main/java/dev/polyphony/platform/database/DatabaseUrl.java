package dev.polyphony.platform.database;

/** The URL of an operator's own PostgreSQL. */
public final class DatabaseUrl {
    private static final String PREFIX = "jdbc:postgresql:";

    private DatabaseUrl() {}

    /** @throws UnusableDatabase when no driver of this server takes it */
    static void check(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new UnusableDatabase(
                    "spring.datasource.url is '%s', which is no URL of a PostgreSQL.".formatted(shown(url)),
                    "Write " + PREFIX + "//host:5432/database, or leave it out: the server brings its own.");
        }
    }

    /** Without user and parameters, among which may be a password. */
    public static String shown(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }
}

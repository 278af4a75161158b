package dev.polyphony.platform.database;

import org.jooq.DSLContext;

/** The version of PostgreSQL that answers. */
final class PostgresVersion {
    private static final int OLDEST = 15;
    private static final int NUMBERS_PER_VERSION = 10_000;

    private PostgresVersion() {}

    /** @throws UnusableDatabase when it is older than the migrations and queries need */
    static void check(DSLContext sql) {
        check(
                sql.fetchSingle("select current_setting('server_version_num')::int")
                        .get(0, Integer.class),
                sql.fetchSingle("select current_setting('server_version')").get(0, String.class));
    }

    /** @param number as PostgreSQL gives it, such as 150004 for 15.4 */
    static void check(int number, String name) {
        if (number < OLDEST * NUMBERS_PER_VERSION) {
            throw new UnusableDatabase(
                    "the database is PostgreSQL %s, and Polyphony needs %d or newer.".formatted(name, OLDEST),
                    "Upgrade it, name another in SPRING_DATASOURCE_URL, or leave that out: the server brings its own.");
        }
    }
}

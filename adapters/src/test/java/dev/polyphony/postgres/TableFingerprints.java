package dev.polyphony.postgres;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** The SHA-256 over the ordered rows of each table, to see whether a rebuild leaves the same. */
public final class TableFingerprints {
    private static final String TABLES = """
        select schemaname || '.' || tablename from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema', 'public', 'eventstore') order by 1\
        """;

    private TableFingerprints() {}

    /** Of every table outside the history that a context has, but for those that are no read models. */
    public static SortedMap<String, String> ofReadModels(DSLContext sql, List<String> noReadModels) {
        SortedMap<String, String> fingerprints = new TreeMap<>();
        for (String table : sql.fetch(TABLES).getValues(0, String.class)) {
            if (!noReadModels.contains(table)) {
                fingerprints.put(table, fingerprint(sql, table));
            }
        }
        return fingerprints;
    }

    private static String fingerprint(DSLContext sql, String table) {
        return sql.fetchSingle("""
            select encode(sha256(convert_to(coalesce(string_agg(r::text, E'\\n' order by r::text), ''), 'UTF8')), 'hex')
            from %s r
            """.formatted(table)).get(0, String.class);
    }
}

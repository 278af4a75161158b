package dev.polyphony.eventstore;

import org.jooq.DSLContext;

/**
 * What the role of a connection may do with the history.
 *
 * @param role that role
 * @param owner the role that owns the history
 * @param database the name of the database
 * @param canRewrite whether it can change, delete or silently divert what is stored, or give itself the right to
 */
public record HistoryRights(String role, String owner, String database, boolean canRewrite) {
    /** Asks for the rights themselves, in whatever way the role came by them. */
    public static HistoryRights of(DSLContext sql) {
        return sql.fetchSingle("""
            select current_user as role,
                   pg_get_userbyid(relowner) as owner,
                   current_database() as database,
                   pg_has_role(relowner, 'MEMBER')
                       or has_any_column_privilege(oid, 'UPDATE')
                       or has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER') as can_rewrite
            from pg_class
            where oid = 'eventstore.event'::regclass
            """).into(HistoryRights.class);
    }
}

package dev.polyphony.audit.proof;

/** What somebody who knows the recipe does to hide a change. */
final class Tampering {
    private Tampering() {}

    /** Computes the hashes anew, from a position to the end, and moves the head there. */
    static String rechain(long from) {
        return """
            do $$
            declare
                previous bytea;
                e eventstore.event;
            begin
                select coalesce((select hash from eventstore.event where position = %d - 1), decode(repeat('00', 32), 'hex'))
                    into previous;
                for e in select * from eventstore.event where position >= %d order by position loop
                    previous := sha256(previous || int8send(e.position) || sha256((
                        select string_agg(int4send(octet_length(convert_to(field, 'UTF8'))) || convert_to(field, 'UTF8'), ''::bytea order by n)
                        from unnest(array[e.event_id, e.type, e.revision::text, e.aggregate_type, e.aggregate_id, e.sequence::text,
                            e.tenant, e.actor, e.correlation_id, e.causation_id,
                            (extract(epoch from e.occurred_at) * 1000000)::bigint::text, e.payload::text])
                            with ordinality as fields (field, n))));
                    update eventstore.event set hash = previous where position = e.position;
                end loop;
                update eventstore.head set position = (select coalesce(max(position), 0) from eventstore.event), hash = previous;
            end $$
            """.formatted(from, from);
    }

    /** Makes room at a position and puts another event there. */
    static String insertAt(long position) {
        return """
            update eventstore.event set position = -position - 1 where position >= %d;
            update eventstore.event set position = -position where position < 0;
            insert into eventstore.event
            select %d, 'forged', aggregate_type, 'forged', 0, type, revision, tenant, actor, correlation_id, causation_id,
                occurred_at, payload, hash
            from eventstore.event where position = 1;
            update eventstore.head set position = position + 1;
            """.formatted(position, position);
    }
}

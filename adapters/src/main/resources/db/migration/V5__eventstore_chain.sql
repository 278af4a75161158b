-- Every event carries a hash that covers it and the hash of the event before it, so that the order and the content of the
-- whole history can be proved. docs/history.md has the recipe; dev.polyphony.eventstore.log.HashChain is its other half.

-- What the metadata said is in the columns already.
alter table eventstore.event drop column metadata;

alter table eventstore.event add column hash bytea;
alter table eventstore.head add column hash bytea;

create function eventstore.hashed_field(value text) returns bytea immutable strict parallel safe
    return int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8');

-- Chains the events that are older than the chain.
do $$
declare
    previous bytea := decode(repeat('00', 32), 'hex');
    e eventstore.event;
begin
    for e in select * from eventstore.event order by position loop
        previous := sha256(previous || int8send(e.position) || sha256(
            eventstore.hashed_field(e.event_id)
            || eventstore.hashed_field(e.type)
            || eventstore.hashed_field(e.revision::text)
            || eventstore.hashed_field(e.aggregate_type)
            || eventstore.hashed_field(e.aggregate_id)
            || eventstore.hashed_field(e.sequence::text)
            || eventstore.hashed_field(e.tenant)
            || eventstore.hashed_field(e.actor)
            || eventstore.hashed_field(e.correlation_id)
            || eventstore.hashed_field(e.causation_id)
            || eventstore.hashed_field((extract(epoch from e.occurred_at) * 1000000)::bigint::text)
            || eventstore.hashed_field(e.payload::text)));
        update eventstore.event set hash = previous where position = e.position;
    end loop;
    update eventstore.head set hash = previous;
end $$;

drop function eventstore.hashed_field(text);

alter table eventstore.event alter column hash set not null;
alter table eventstore.head alter column hash set not null;
alter table eventstore.head set (fillfactor = 10);

comment on column eventstore.event.hash is 'SHA-256 over the hash of the event before it, the position and the digest of this event.';
comment on column eventstore.head.hash is 'The hash of the newest event; 32 zero bytes before the first.';

-- An aggregate's events are found by the unique index on (aggregate_id, sequence), and times grow with positions.
drop index eventstore.event_tenant_aggregate;
drop index eventstore.event_tenant_occurred;
create index event_occurred on eventstore.event using brin (occurred_at) with (pages_per_range = 32);

-- The state of an aggregate with a long history as of one of its events; only a shortcut, and never the truth.
create table eventstore.snapshot (
    aggregate_id   text           primary key,
    aggregate_type text           not null,
    sequence       bigint         not null,
    event_id       text           not null,
    type           text           not null,
    revision       text,
    occurred_at    timestamptz(6) not null,
    payload        json           not null
);

comment on table eventstore.snapshot is 'The newest snapshot of each aggregate that has one.';

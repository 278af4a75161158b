-- The history: what has happened, in the order in which it was committed.
create schema eventstore;

-- Every event carries a hash that covers it and the hash of the event before it, so that the order and the content of the
-- whole history can be proved. docs/history.md has the recipe.
create table eventstore.event (
    position       bigint         primary key,
    event_id       text           not null unique,
    aggregate_type text           not null,
    aggregate_id   text           not null,
    sequence       bigint         not null,
    type           text           not null,
    revision       integer        not null,
    tenant         text           not null,
    actor          text           not null,
    correlation_id text           not null,
    causation_id   text           not null,
    occurred_at    timestamptz(6) not null,
    -- json and not jsonb: it keeps the text as it was written, byte for byte, so that a row can be hashed.
    payload        json           not null,
    hash           bytea          not null,
    unique (aggregate_id, sequence)
);

-- The filters of the audit, all within a tenant. An aggregate's events are found by the unique index on
-- (aggregate_id, sequence), and times grow with positions.
create index event_tenant_position on eventstore.event (tenant, position desc);
create index event_tenant_type on eventstore.event (tenant, type, position);
create index event_tenant_correlation on eventstore.event (tenant, correlation_id, position);
create index event_tenant_actor on eventstore.event (tenant, actor, position);
create index event_occurred on eventstore.event using brin (occurred_at) with (pages_per_range = 32);

comment on table eventstore.event is 'One row for each event, kept for ever.';
comment on column eventstore.event.hash is 'SHA-256 over the hash of the event before it, the position and the digest of this event.';

-- The position of the newest event. Its row lock makes the order of positions the order of commits.
create table eventstore.head (
    singleton boolean primary key default true check (singleton),
    position  bigint  not null,
    hash      bytea   not null
) with (fillfactor = 10);
insert into eventstore.head (position, hash) values (0, decode(repeat('00', 32), 'hex'));

comment on table eventstore.head is 'One row: the position of the newest event.';
comment on column eventstore.head.hash is 'The hash of the newest event; 32 zero bytes before the first.';

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

-- How far each processor has read, as Axon's JdbcTokenStore keeps it.
create table eventstore.token (
    processor_name text    not null,
    segment        integer not null,
    token          bytea,
    token_type     text,
    timestamp      text,
    owner          text,
    primary key (processor_name, segment)
);

comment on table eventstore.token is 'How far each event processor has read, and which node reads for it.';

-- Events that a processor could not handle, and the later ones of the same sequence (the same aggregate) that wait behind them.
-- A letter points at its event and holds no copy: the history keeps the event, and a copy would outlive what is erased there.
create table eventstore.dead_letter (
    processor text           not null,
    position  bigint         not null,
    sequence  text           not null,
    -- 0: never tried, because it waits behind an earlier letter of its sequence.
    tries     integer        not null check (tries >= 0),
    cause     text           check ((tries = 0) = (cause is null)),
    parked_at timestamptz(6) not null default now(),
    tried_at  timestamptz(6) check ((tries = 0) = (tried_at is null)),
    primary key (processor, position)
);
create index dead_letter_sequence on eventstore.dead_letter (processor, sequence, position);

comment on table eventstore.dead_letter is 'One row for each event that a processor has put aside, and why.';

-- Health writes here, to see whether the database still takes what is new. It says nothing about what has happened.
create table eventstore.write_probe (
    written_at timestamptz(6) not null default now(),
    filler     text           not null
);
-- Not compressed: what is written takes the space that it seems to.
alter table eventstore.write_probe alter column filler set storage external;

comment on table eventstore.write_probe is 'One row: the last write that health has tried.';

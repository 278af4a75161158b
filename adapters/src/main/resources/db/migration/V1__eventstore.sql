-- The history: what has happened, in the order in which it was committed.
create schema eventstore;

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
    metadata       json           not null,
    unique (aggregate_id, sequence)
);

-- One index for each filter of the audit, all within a tenant.
create index event_tenant_position on eventstore.event (tenant, position desc);
create index event_tenant_aggregate on eventstore.event (tenant, aggregate_id, position);
create index event_tenant_type on eventstore.event (tenant, type, position);
create index event_tenant_correlation on eventstore.event (tenant, correlation_id, position);
create index event_tenant_actor on eventstore.event (tenant, actor, position);
create index event_tenant_occurred on eventstore.event (tenant, occurred_at);

comment on table eventstore.event is 'One row for each event, kept for ever.';

-- The position of the newest event. Its row lock makes the order of positions the order of commits.
create table eventstore.head (
    singleton boolean primary key default true check (singleton),
    position  bigint  not null
);
insert into eventstore.head (position) values (0);

comment on table eventstore.head is 'One row: the position of the newest event.';

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

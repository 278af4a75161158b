-- Who is told about events, what they are owed, and what became of it.
create schema webhooks;

-- Projection: endpoints as people read them. May be emptied and rebuilt from the history.
create table webhooks.endpoint (
    endpoint_id uuid           primary key,
    tenant      text           not null,
    url         text           not null,
    events      text[]         not null,
    status      text           not null,
    status_reason text,
    created_at  timestamptz(6) not null
);
create index endpoint_tenant on webhooks.endpoint (tenant, created_at, endpoint_id);

comment on table webhooks.endpoint is 'Projection: one row for each registered endpoint.';

-- Not a projection: the history never holds a secret, so what is deleted here is gone.
create table webhooks.secret (
    endpoint_id uuid  primary key,
    ciphertext  bytea not null
);

comment on table webhooks.secret is 'The signing secret of each endpoint, encrypted.';

-- The router's own record of who is subscribed. It is written in the order of the history, together with the deliveries,
-- so it is right for the event that is being routed; the projection above may be behind or being rebuilt.
create table webhooks.subscription (
    endpoint_id  uuid           primary key,
    tenant       text           not null,
    url          text           not null,
    events       text[]         not null,
    -- A new one with each claim; null while nobody holds the endpoint.
    claim        uuid,
    -- How long the claim holds, measured from when another node first sees it, on that node's own clock.
    lease_ms     bigint,
    claimed_at   timestamptz(6),
    check ((claim is null) = (lease_ms is null))
);
create index subscription_tenant on webhooks.subscription (tenant);

comment on table webhooks.subscription is 'One row for each open endpoint; its claim gives the endpoint to one node at a time.';

create table webhooks.delivery (
    delivery_id     uuid           primary key,
    endpoint_id     uuid           not null,
    tenant          text           not null,
    event_id        text           not null,
    event_position  bigint         not null,
    event_name      text           not null,
    occurred_at     timestamptz(6) not null,
    -- text and not json: it is signed and sent byte for byte.
    payload         text           not null,
    state           text           not null check (state in ('pending', 'delivered', 'failed', 'cancelled')),
    attempts        integer        not null default 0,
    next_attempt_at timestamptz(6),
    last_attempt_at timestamptz(6),
    status_code     integer,
    error           text,
    duration_ms     integer,
    delivered_at    timestamptz(6),
    unique (endpoint_id, event_id),
    check ((state = 'pending') = (next_attempt_at is not null))
);
-- The earliest due delivery of an endpoint, and the next time that anything becomes due, stay one index probe each,
-- however long the log of finished deliveries grows.
create index delivery_due on webhooks.delivery (endpoint_id, next_attempt_at, event_position) where state = 'pending';
create index delivery_next on webhooks.delivery (next_attempt_at) where state = 'pending';
create index delivery_newest on webhooks.delivery (endpoint_id, event_position desc);
create index delivery_event on webhooks.delivery (event_id);

comment on table webhooks.delivery is 'One row for each event that is owed to an endpoint, and what became of it.';

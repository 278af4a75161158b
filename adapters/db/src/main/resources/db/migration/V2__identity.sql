-- Who may use the API.
create schema identity;

-- Projection.
create table identity.api_key (
    key_id      text           primary key,
    tenant      text           not null,
    name        text           not null,
    description text           not null,
    roles       text[]         not null,
    scopes      text[]         not null,
    issued_at   timestamptz(6) not null,
    rotated_at  timestamptz(6),
    expires_at  timestamptz(6)
);

create index on identity.api_key (tenant, key_id);

comment on table identity.api_key is 'Projection: one row for each API key that is not revoked.';

-- Not derived from the history, which knows no secret: what is lost here is lost.
create table identity.api_key_credential (
    digest    bytea          primary key,
    key_id    text           not null,
    revoked   boolean        not null,
    grants    bytea          not null,
    stored_at timestamptz(6) not null default now()
);

create index on identity.api_key_credential (key_id);

comment on table identity.api_key_credential is
    'Secrets of API keys as HMAC-SHA256 under a key derived from the master key. Revoked ones stay, so that their use is noticed, and so does a row for each revoked key, under its id.';
comment on column identity.api_key_credential.grants is
    'What the key opens: JSON, encrypted with AES-256-GCM and bound to the digest.';

create table identity.api_key_use (
    key_id       text           primary key,
    last_used_at timestamptz(6) not null
);

comment on table identity.api_key_use is 'When each key was last used, to some ten seconds.';

-- Not a projection: requests with an Idempotency-Key, for as long as they may be repeated.
create table identity.idempotent_request (
    -- An HMAC of tenant, operation and key, so that no key is stored.
    request_id   bytea          primary key,
    -- An HMAC of the body: another one under the same key is refused.
    body_digest  bytea          not null,
    -- The id of what the request creates; a repeated try finds it.
    created_id   uuid           not null,
    -- Whose turn it is; a new one with each try. Null once there is an answer.
    claim        uuid,
    leased_until timestamptz(6),
    -- The answer, encrypted; null until there is one.
    answer       bytea,
    expires_at   timestamptz(6) not null,
    check ((claim is null) = (leased_until is null)),
    check ((claim is null) = (answer is not null))
);
create index idempotent_request_expires on identity.idempotent_request (expires_at);

comment on table identity.idempotent_request is 'One row for each request with an Idempotency-Key of the last 24 hours, with its encrypted answer.';

-- Not a projection: what each caller has left, in the form of Bucket4j, which writes it.
create table identity.rate_limit (
    id         text   primary key,
    state      bytea,
    expires_at bigint
);
create index rate_limit_expires on identity.rate_limit (expires_at);

comment on table identity.rate_limit is 'One row for each limit of a tenant or an address that is not full, shared by all nodes.';

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

-- A projection that is never emptied: it also decides who may log in. Rows only move forward, by version.
create table identity.user_account (
    user_id    uuid           primary key,
    tenant     text           not null,
    username   json           not null,
    email      json           not null,
    roles      text[]         not null,
    scopes     text[]         not null,
    enabled    boolean        not null,
    mfa        boolean        not null,
    deleted    boolean        not null,
    version    bigint         not null,
    created_at timestamptz(6) not null
);

create index on identity.user_account (tenant, user_id);

create table identity.user_secret (
    user_id       uuid           primary key,
    login_key     bytea          not null unique,
    password_hash bytea          not null,
    totp_secret   bytea,
    totp_offered  bytea,
    totp_step     bigint         not null,
    reserved_at   timestamptz(6) not null
);

create table identity.backup_code (
    user_id uuid  not null references identity.user_secret on delete cascade,
    digest  bytea not null,
    primary key (user_id, digest)
);

create table identity.session (
    session_id uuid           primary key,
    user_id    uuid           not null,
    expires_at timestamptz(6) not null,
    ended_at   timestamptz(6)
);

create index on identity.session (user_id);
create index on identity.session (expires_at);

create table identity.refresh_token (
    digest     bytea          primary key,
    session_id uuid           not null references identity.session on delete cascade,
    expires_at timestamptz(6) not null,
    used_at    timestamptz(6),
    used_from  bytea
);

create index on identity.refresh_token (session_id);

create table identity.revoked_token (
    token_id   text           primary key,
    expires_at timestamptz(6) not null
);

create index on identity.revoked_token (expires_at);

create table identity.signing_key (
    key_id         text           primary key,
    algorithm      text           not null,
    sealed         bytea          not null,
    created_at     timestamptz(6) not null,
    verifies_until timestamptz(6)
);

create table identity.failed_attempt (
    address  bytea          not null,
    subject  bytea          not null,
    attempts integer        not null,
    last_at  timestamptz(6) not null,
    primary key (address, subject)
);

create index on identity.failed_attempt (last_at);

comment on table identity.user_account is 'Projection: one row for each user, also of those who were deleted. Not emptied by a replay.';
comment on table identity.user_secret is 'Passwords (Argon2id) and second factors, encrypted under the master key. The login name is a keyed digest.';
comment on table identity.backup_code is 'Keyed digests of backup codes that were not used yet.';
comment on table identity.session is 'One row for each login: the family of its refresh tokens.';
comment on table identity.refresh_token is 'Keyed digests of refresh tokens, with those that were used.';
comment on table identity.revoked_token is 'Ids of access tokens that count no longer, until they expire.';
comment on table identity.signing_key is 'Keys of signed tokens, encrypted under the master key.';
comment on table identity.failed_attempt is 'Failures to prove who one is. Address and subject are keyed digests.';
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
-- Projection.
create table identity.security_event (
    event_id     text           primary key,
    tenant       text           not null,
    type         text           not null,
    threat_level text           not null,
    blocked      boolean        not null,
    path         text,
    source       text,
    credential   text,
    detail       text,
    count        bigint         not null,
    occurred_at  timestamptz(6) not null
);

create index on identity.security_event (tenant, occurred_at desc, event_id desc);
create index on identity.security_event (occurred_at desc, event_id desc);

comment on table identity.security_event is 'Projection: one row for each security event.';

-- Projection.
create table identity.security_event_total (
    tenant       text    not null,
    type         text    not null,
    threat_level text    not null,
    blocked      boolean not null,
    count        bigint  not null,
    primary key (tenant, type, threat_level, blocked)
);

comment on table identity.security_event_total is 'Projection: what security events of one kind count together.';

-- Projection. The system tenant has a row only once it was changed.
create table identity.tenant (
    tenant            text collate "C" primary key,
    name              text           not null,
    tier              text           not null,
    repositories_root text,
    created_at        timestamptz(6)
);

comment on table identity.tenant is
    'Projection: one row for each tenant that is not deleted. Authentication reads the history instead.';

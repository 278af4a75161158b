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

-- Who may use the API.
create schema identity;

-- Projection.
create table identity.api_key (
    key_id    text           primary key,
    hash      text           not null unique,
    tenant    text           not null,
    name      text           not null,
    role      text           not null,
    issued_at timestamptz(6) not null
);

comment on table identity.api_key is 'Projection: one row for each API key.';

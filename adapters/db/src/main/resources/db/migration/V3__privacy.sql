-- The keys that data about people is sealed with. Destroying one erases everything that it sealed.
create schema privacy;

-- Not a projection: the history never holds a key, so what is deleted here is gone.
create table privacy.subject_key (
    tenant       text           not null,
    subject      text           not null,
    version      integer        not null,
    -- Encrypted with the master key. Gone with the erasure; the row stays, so that the subject never gets another key.
    wrapped_key  bytea,
    created_at   timestamptz(6) not null default now(),
    destroyed_at timestamptz(6),
    primary key (tenant, subject),
    check ((wrapped_key is null) = (destroyed_at is not null))
);

comment on table privacy.subject_key is 'One row for each data subject: its wrapped key, or the tombstone of its erasure.';

-- Not a projection: no replay may open a tenant again.
create table privacy.closed_tenant (
    tenant    text           primary key,
    closed_at timestamptz(6) not null default now()
);

comment on table privacy.closed_tenant is 'Tenants that were deleted: none of their data subjects gets a key any more.';

create schema workflows;

create table workflows.run (
    workflow_id text primary key,
    tenant      text not null,
    correlation_id text not null,
    definition  text not null,
    version     integer not null,
    status      text not null,
    node        text not null,
    steps       json not null,
    started_at  timestamptz(6) not null,
    ended_at    timestamptz(6),
    reason      text
);

create index run_open on workflows.run (started_at) where ended_at is null;
create index run_durations on workflows.run (tenant, definition, ended_at desc) where status = 'COMPLETED';

create table workflows.step (
    workflow_id text not null,
    step        text not null,
    status      text not null,
    attempt     integer not null,
    output      json,
    primary key (workflow_id, step)
);

-- Which server processes are alive; a row is touched every few seconds.
create table workflows.node (
    node         text primary key,
    heartbeat_at timestamptz(6) not null
);

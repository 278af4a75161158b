-- Runs of workflows, as people read them, and the nodes that work on them.
create schema workflows;

-- Projection, sealed as the history is: what it says about people is erased together with it.
create table workflows.run (
    workflow_id    text           primary key,
    tenant         text           not null,
    subject        text           not null,
    correlation_id text           not null,
    definition     text           not null,
    version        integer        not null,
    status         text           not null,
    node           text           not null,
    -- Priority, tags, parent, providers.
    options        json           not null,
    steps          json           not null,
    started_at     timestamptz(6) not null,
    ended_at       timestamptz(6),
    -- The code of why it failed, which can be read also when the words of its reason are erased.
    problem        text,
    reason         json
);
create index run_open on workflows.run (started_at, workflow_id) where ended_at is null;
create index run_durations on workflows.run (tenant, definition, ended_at desc) where status = 'completed';

comment on table workflows.run is 'Projection: one row for each run.';

-- Projection. A step that was not queued yet has no row.
create table workflows.step (
    workflow_id text    not null,
    step        text    not null,
    status      text    not null,
    attempt     integer not null,
    output      json,
    -- The model call that the output came from.
    usage       json,
    -- Every call of a provider in that attempt.
    attempts    json,
    primary key (workflow_id, step)
);

comment on table workflows.step is 'Projection: one row for each step of a run that was queued.';

-- Which server processes are alive; a row is touched every few seconds.
create table workflows.node (
    node         text           primary key,
    -- Grows with every heartbeat. Others judge the node by whether it does.
    beats        bigint         not null,
    -- For people: it follows the database's clock, which may be set.
    heartbeat_at timestamptz(6) not null
);

comment on table workflows.node is 'One row for each server process that is alive.';

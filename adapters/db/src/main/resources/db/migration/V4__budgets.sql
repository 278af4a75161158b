-- What models were paid.
create schema budgets;

create table budgets.spending (
    budget           text           not null,
    tenant           text           not null,
    -- 'tenant:<id>', 'agent:<id>' or 'run:<id>'
    owner            text           not null,
    -- '2026-11-25', '2026-11' or 'all'
    period           text           not null,
    tokens           bigint         not null,
    -- How many of the tokens no provider has counted.
    estimated_tokens bigint         not null,
    -- US dollars; any number of digits, so that sums are exact.
    cost             numeric        not null,
    last_spent_at    timestamptz(6) not null default now(),
    -- As the node was configured that paid last; null: not limited.
    limit_tokens     bigint,
    limit_cost       numeric,
    -- Whether the history knows that these limits are reached.
    reported         boolean        not null default false,
    unreported       boolean        not null generated always as (
        not reported and (coalesce(tokens >= limit_tokens, false) or coalesce(cost >= limit_cost, false))) stored,
    primary key (budget, tenant, owner, period)
);
create index spending_latest on budgets.spending (budget, tenant, period, last_spent_at desc);
-- Nearly always empty.
create index spending_unreported on budgets.spending (last_spent_at) where unreported;
-- For those who delete what is old.
create index spending_oldest on budgets.spending (last_spent_at);

comment on table budgets.spending is
    'One row for each budget, owner and period: what is spent. No projection: what is deleted here may be spent again.';

-- What models were paid, for budgets.
create schema providers;

create table providers.spending (
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
    primary key (budget, tenant, owner, period)
);
create index spending_latest on providers.spending (budget, tenant, period, last_spent_at desc);

comment on table providers.spending is
    'One row for each budget, owner and period: what is spent. No projection: what is deleted here may be spent again.';

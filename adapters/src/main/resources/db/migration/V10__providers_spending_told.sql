-- What of a budget the history has to be told yet. Rows of before have no limits, and so nothing to tell.
alter table providers.spending
    -- As the node was configured that paid last; null: not limited.
    add column limit_tokens bigint,
    add column limit_cost   numeric,
    -- Whether the history knows that these limits are reached.
    add column told         boolean not null default false,
    add column untold       boolean not null generated always as (
        not told and (coalesce(tokens >= limit_tokens, false) or coalesce(cost >= limit_cost, false))) stored;

-- Nearly always empty.
create index spending_untold on providers.spending (last_spent_at) where untold;
-- For those who delete what is old.
create index spending_oldest on providers.spending (last_spent_at);

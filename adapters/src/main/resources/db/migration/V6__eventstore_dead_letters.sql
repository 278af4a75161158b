-- Events that a processor could not handle, and the later ones of the same sequence (the same aggregate) that wait behind them.
-- A letter points at its event and holds no copy: the history keeps the event, and a copy would outlive what is erased there.
create table eventstore.dead_letter (
    processor text           not null,
    position  bigint         not null,
    sequence  text           not null,
    -- 0: never tried, because it waits behind an earlier letter of its sequence.
    tries     integer        not null check (tries >= 0),
    cause     text           check ((tries = 0) = (cause is null)),
    parked_at timestamptz(6) not null default now(),
    tried_at  timestamptz(6) check ((tries = 0) = (tried_at is null)),
    primary key (processor, position)
);
create index dead_letter_sequence on eventstore.dead_letter (processor, sequence, position);

comment on table eventstore.dead_letter is 'One row for each event that a processor has put aside, and why.';

-- Runs at every start, after the migrations: tables of later migrations are granted without anybody thinking of it.
-- The owner of the tables runs this. The server works as another role, which may do what it likes with read models and
-- may only add to the history.
do $$
declare
    application constant name := ${application_role};
    ours name;
begin
    if application = current_user then
        return; -- one role for everything, of which the server warns when it starts
    end if;
    -- Of two nodes that start at once one would fail with "tuple concurrently updated".
    perform pg_advisory_xact_lock(hashtextextended('polyphony.roles', 0));
    for ours in
        select nspname
        from pg_namespace
        where pg_get_userbyid(nspowner) = current_user
          and nspname !~ '^pg_'
          and nspname not in ('public', 'information_schema')
    loop
        execute format('revoke all on schema %I from %I', ours, application);
        execute format('grant usage on schema %I to %I', ours, application);
        execute format('revoke all on all tables in schema %I from %I', ours, application);
        execute format('grant select, insert, update, delete, truncate on all tables in schema %I to %I', ours, application);
        execute format('grant usage on all sequences in schema %I to %I', ours, application);
    end loop;
    execute format('revoke all on eventstore.event from public, %I', application);
    execute format('grant select, insert on eventstore.event to %I', application);
end
$$;

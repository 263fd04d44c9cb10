-- Webhooks, and a delivery for each as soon as a run has ended; one that ends with 'repeat' goes on elsewhere.
create table webhooks (
  id text primary key,
  organisation text not null references organisations on delete cascade,
  url text not null,
  created_at timestamptz not null default now()
);
create index webhooks_organisation on webhooks (organisation);
create table deliveries (
  id text primary key default gen_random_uuid(),
  webhook text not null references webhooks on delete cascade,
  run text not null references runs on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  due_at timestamptz default now(),
  answer text,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  unique (webhook, run)
);
create index deliveries_due on deliveries (due_at) where due_at is not null;
create index deliveries_run on deliveries (run);
create function announce_run() returns trigger language plpgsql as $$
begin
  insert into deliveries (webhook, run) select id, new.id from webhooks where organisation = new.organisation;
  return null;
end $$;
create trigger runs_are_announced after update on runs for each row
  when (new.state = 'ended' and old.state <> 'ended' and coalesce(new.error ->> 'code', '') <> 'repeat')
  execute function announce_run();

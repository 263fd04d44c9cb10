-- Creates all tables. 'events', 'publications' and 'audit_log' can only be added to; deletion is for retention.
create table organisations (
  id text primary key,
  name text not null,
  limits jsonb not null default '{}',
  retention_days integer not null default 90 check (retention_days > 0),
  created_at timestamptz not null default now()
);
create table tokens (
  id text primary key,
  organisation text references organisations on delete cascade,
  name text not null,
  hash text not null,
  scopes jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
create index tokens_organisation on tokens (organisation);
create table apps (
  id text primary key,
  organisation text not null references organisations on delete cascade,
  name text not null,
  settings jsonb not null,
  created_at timestamptz not null default now(),
  unique (organisation, id)
);
create table runs (
  id text primary key,
  organisation text not null references organisations on delete cascade,
  app text,
  kind text not null check (kind in ('run', 'live')),
  app_name text not null,
  state text not null check (state in ('waiting', 'running', 'ended')),
  owner text,
  verdict text,
  summary text,
  error jsonb,
  published_as text unique,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  foreign key (organisation, app) references apps (organisation, id) on delete set null (app)
);
create index runs_newest on runs (organisation, created_at desc, id desc);
create index runs_of_app on runs (app, created_at desc);
create index runs_open on runs (owner) where state <> 'ended';
create table scenarios (
  run text not null references runs on delete cascade,
  id text not null,
  outcome text not null,
  duration_ms integer not null,
  last_seq integer not null,
  primary key (run, id)
);
create table events (
  run text not null references runs on delete cascade,
  seq integer not null check (seq > 0),
  line text not null,
  primary key (run, seq)
);
create table reports (
  run text not null references runs on delete cascade,
  file text not null,
  sha256 text not null,
  content bytea not null,
  primary key (run, file)
);
create table publications (
  number integer primary key,
  signature text not null unique,
  entry text not null,
  link text not null
);
create table share_links (
  id text primary key,
  organisation text not null references organisations on delete cascade,
  run text not null references runs on delete cascade,
  hash text not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index share_links_run on share_links (run);
create table audit_log (
  number integer primary key generated always as identity,
  organisation text not null references organisations on delete cascade,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null
);
create index audit_log_newest on audit_log (organisation, number desc);
create table idempotency_keys (
  organisation text not null references organisations on delete cascade,
  key text not null,
  digest text not null,
  status integer not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (organisation, key)
);
create table instances (
  id text primary key,
  address text not null,
  draining boolean not null default false,
  seen_at timestamptz not null
);
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% can only be added to', tg_table_name;
end $$;
create trigger events_only_grow before update on events for each row execute function refuse_change();
create trigger publications_only_grow before update or delete on publications
  for each row execute function refuse_change();
create trigger audit_log_only_grows before update on audit_log for each row execute function refuse_change();

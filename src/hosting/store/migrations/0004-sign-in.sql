-- Who may sign in to an organisation by OpenID Connect.
create table sign_in_rules (
  id text primary key,
  organisation text not null references organisations on delete cascade,
  kind text not null check (kind in ('subject', 'email', 'domain')),
  value text not null,
  scopes jsonb not null,
  created_at timestamptz not null default now(),
  unique (organisation, kind, value)
);

-- Several instances: runs that go on elsewhere, ports that lead to their owner through any instance, and one signing key.
alter table runs add column continues text references runs on delete set null;
create index runs_continued on runs (continues) where continues is not null;
create index runs_ended on runs (ended_at);
alter table instances add column public_key text not null default '';
create table mock_ports (
  port integer primary key,
  instance text not null references instances on delete cascade,
  run text not null references runs on delete cascade
);

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, whyNoPostgres, type Postgres } from '../../../test-kit/postgres.ts';
import { FIRST_LINK, linkOf } from '../../history/chain.ts';
import { createInstances, type InstanceDescription } from './instances.ts';
import { openDatabase, type Database } from './open.ts';
import { createStore, type Store } from './store.ts';

const missing = whyNoPostgres();
if (missing !== undefined) process.stderr.write(`${missing}\n`);

describe.each(['PGlite', 'PostgreSQL'])('the store in %s', (kind) => {
  const isServer = kind === 'PostgreSQL';
  const dir = mkdtempSync(join(tmpdir(), 'sf-conformance-store-'));
  let postgres: Postgres | undefined;
  let db: Database;
  let store: Store;
  const given = it.skipIf(isServer && missing !== undefined);

  beforeAll(async () => {
    if (isServer && missing !== undefined) return;
    postgres = isServer ? await startPostgres() : undefined;
    db = await openDatabase({ url: postgres?.url, dir });
    store = createStore(db);
  });
  afterAll(async () => {
    await (db as Database | undefined)?.destroy();
    await postgres?.remove();
    rmSync(dir, { recursive: true, force: true });
  });
  const described = (id: string, port: number, publicKey = 'k'): InstanceDescription => ({
    ...{ id, publicKey, goneMs: 30_000 },
    address: `http://127.0.0.1:${String(port)}`,
  });
  const organisation = async (): Promise<string> => store.createOrganisation('Acme');

  given('knows a token by its secret, and not after it was revoked or has expired', async () => {
    const id = await organisation();
    const { id: tokenId, token } = await store.createToken({ organisation: id, name: 'CI', scopes: ['read', 'run'] });
    expect(await store.authenticate(token)).toEqual({ token: tokenId, organisation: id, scopes: ['read', 'run'] });
    expect(await store.authenticate(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined();
    expect(JSON.stringify(await db.selectFrom('tokens').selectAll().execute())).not.toContain(token.slice(-43));
    const expiresAt = new Date(Date.now() - 1_000);
    const old = await store.createToken({ organisation: id, name: 'old', scopes: ['read'], expiresAt });
    expect(await store.authenticate(old.token)).toBeUndefined();
    expect(await store.of(id).revokeToken(tokenId)).toBe(true);
    expect(await store.authenticate(token)).toBeUndefined();
  });

  given('ends the runs of instances that are gone, and no others', async () => {
    const id = await organisation();
    const own = store.of(id);
    const begun = async (owner: string): Promise<string> => {
      const run = await own.createRun({ kind: 'run', appName: 'Sync', app: null });
      expect(await store.run(run).begin(owner)).toBe(true);
      return run;
    };
    const [alive, gone] = [await begun('i-alive'), await begun('i-gone')];
    const waiting = await own.createRun({ kind: 'run', appName: 'Sync', app: null });
    const instances = createInstances(db, described('i-alive', 1));
    await instances.join();
    await instances.beat();
    expect(await instances.endAbandoned([])).toEqual([{ id: gone, kind: 'run' }]);
    expect(await own.run(gone)).toMatchObject({ state: 'ended', error: { code: 'repeat' } });
    expect(await own.run(alive)).toMatchObject({ state: 'running' });
    expect(await own.run(waiting)).toMatchObject({ state: 'waiting' });
    await instances.leave();
    expect(await instances.endAbandoned([])).toEqual([{ id: alive, kind: 'run' }]);
    expect(await own.run(alive)).toMatchObject({ state: 'ended' });
    expect(await own.openRuns()).toBe(1);
    await store.deleteOrganisation(id);
  });

  given('knows which instance owns a run or a port, and lets a successor at the same address take over', async () => {
    const one = createInstances(db, described('i-one', 11));
    const two = createInstances(db, described('i-two', 12));
    await one.join();
    await two.join();
    await expect(createInstances(db, described('i-other', 13, 'k2')).join()).rejects.toMatchObject({
      code: 'another-key',
    });
    const id = await organisation();
    const run = await store.of(id).createRun({ kind: 'run', appName: 'Sync', app: null });
    await store.run(run).begin('i-one');
    expect([await one.ownerOf(run), await two.ownerOf(run)]).toEqual([undefined, 'http://127.0.0.1:11']);
    const range = { first: 3, last: 6 };
    const leased = await Promise.all([one.leasePorts(run, range), two.leasePorts(run, range)]);
    expect(leased.flat().toSorted()).toEqual([3, 4, 5, 6]);
    await expect(two.leasePorts(run, range)).rejects.toMatchObject({ code: 'no-port' });
    expect(await two.portOwner(leased[0][0] ?? 0)).toBe('http://127.0.0.1:11');
    await createInstances(db, described('i-next', 11)).join();
    expect(await two.endAbandoned([])).toEqual([{ id: run, kind: 'run' }]);
    expect([await two.ownerOf(run), await two.portOwner(leased[0][0] ?? 0)]).toEqual([undefined, undefined]);
    await store.deleteOrganisation(id);
  });

  given('keeps organisations apart', async () => {
    const [one, other] = [await organisation(), await organisation()];
    const app = await store.of(one).createApp('Sync', { client: 'public' });
    const run = await store.of(one).createRun({ kind: 'run', appName: 'Sync', app });
    const { id: token } = await store.createToken({ organisation: one, name: 'CI', scopes: ['read'] });
    await store.run(run).keep('report.json', Buffer.from('{}'));
    const link = await store.of(one).createShareLink(run, new Date(Date.now() + 60_000));
    await store.of(one).audit(token, 'create', app);
    const theirs = store.of(other);
    expect(await theirs.app(app)).toBeUndefined();
    expect(await theirs.run(run)).toBeUndefined();
    expect(await theirs.file(run, 'report.json')).toBeUndefined();
    expect([await theirs.files(run), await theirs.tokens(), await theirs.auditLog(undefined, 10)]).toEqual([
      [],
      [],
      [],
    ]);
    expect([await theirs.deleteApp(app), await theirs.deleteRun(run), await theirs.revokeToken(token)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await theirs.createShareLink(run, new Date())).toBeUndefined();
    expect(await theirs.revokeShareLink(link?.id ?? '')).toBe(false);
    expect(await theirs.publish(run, true)).toBeUndefined();
    await expect(theirs.createRun({ kind: 'run', appName: 'Sync', app })).rejects.toThrow(/foreign key/u);
    expect(await store.of(one).file(run, 'report.json')).toEqual(Buffer.from('{}'));
    expect(await store.shared(link?.secret ?? '')).toEqual({ organisation: one, run });
  });

  given('pages through runs, newest first, without losing one', async () => {
    const own = store.of(await organisation());
    const ids = [];
    for (let n = 0; n < 7; n += 1) ids.push(await own.createRun({ kind: 'run', appName: 'Sync', app: null }));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { items, next } = await own.runs({ limit: 3, after });
      seen.push(...items.map(({ id }) => id));
      after = next;
    } while (after !== undefined);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect((await own.runs({ limit: 3, after: 'bm9uc2Vuc2U' })).items).toHaveLength(3);
  });

  given('adds events in whole groups, and none twice', async () => {
    const organisationId = await organisation();
    const own = store.of(organisationId);
    const id = await own.createRun({ kind: 'run', appName: 'Sync', app: null });
    const run = store.run(id);
    expect([await run.begin('i1'), await run.begin('i2')]).toEqual([true, false]);
    await run.append(
      [1, 2].map((seq) => ({ seq, line: `{"seq":${String(seq)}}` })),
      [{ id: 'login', outcome: 'completed', durationMs: 12.4, seq: 2 }],
    );
    const again = [
      { seq: 3, line: '{"seq":3}' },
      { seq: 2, line: '{"seq":"other"}' },
    ];
    await expect(run.append(again, [])).rejects.toMatchObject({ code: 'repeat' });
    expect(await run.lines()).toEqual(['{"seq":1}', '{"seq":2}']);
    // The answer to a commit was lost, so the same group comes again.
    const group = [{ seq: 3, line: '{"seq":3}' }];
    const ended = [{ id: 'herd', outcome: 'completed', durationMs: 1, seq: 3 }];
    await run.append(group, ended);
    await run.append(group, ended);
    expect(await run.lines()).toHaveLength(3);
    await run.end({ verdict: 'compliant' });
    await expect(run.append([{ seq: 4, line: '{"seq":4}' }], [])).rejects.toMatchObject({ code: 'repeat' });
    await expect(db.updateTable('events').set({ line: '' }).execute()).rejects.toThrow('can only be added to');
    await store.deleteOrganisation(organisationId);
  });

  given(
    'writes a delivery down when a run ends, hands it to one instance at a time, and gives up in the end',
    async () => {
      const id = await organisation();
      const own = store.of(id);
      const webhook = await own.createWebhook('https://hooks.example/1');
      await own.createWebhook('https://hooks.example/2');
      const end = async (error?: Parameters<ReturnType<Store['run']>['end']>[0]['error']): Promise<string> => {
        const run = await own.createRun({ kind: 'run', appName: 'Sync', app: null });
        await store.run(run).end(error === undefined ? { verdict: 'compliant', summary: 'Good.' } : { error });
        return run;
      };
      // It goes on elsewhere, so it has not ended.
      await end({ code: 'repeat', message: '', hint: '', exit: 70 });
      expect(await store.deliveries.take()).toEqual([]);
      const runs = [await end(), await end({ code: 'no-login', message: '', hint: '', exit: 2 })];
      const taken = (await Promise.all([1, 2, 3].map(() => store.deliveries.take()))).flat();
      for (let more = await store.deliveries.take(); more.length > 0; more = await store.deliveries.take())
        taken.push(...more);
      expect(taken.map(({ url, run, verdict, error, attempts }) => [url, run, verdict, error?.code, attempts])).toEqual(
        expect.arrayContaining([
          ['https://hooks.example/1', runs[0], 'compliant', undefined, 1],
          ['https://hooks.example/2', runs[0], 'compliant', undefined, 1],
          ['https://hooks.example/1', runs[1], null, 'no-login', 1],
          ['https://hooks.example/2', runs[1], null, 'no-login', 1],
        ]),
      );
      expect(taken).toHaveLength(4);
      const due = async (one: string): Promise<void> => {
        await db
          .updateTable('deliveries')
          .set({ due_at: new Date(0) })
          .where('id', '=', one)
          .execute();
      };
      const delivered = taken.find((one) => one.webhook === webhook && one.run === runs[0]);
      const refused = taken.find((one) => one.webhook === webhook && one.run === runs[1]);
      await store.deliveries.settle(delivered?.id ?? '', 1, { delivered: true, answer: '204' });
      for (let attempts = 1; attempts <= 8; attempts += 1) {
        await store.deliveries.settle(refused?.id ?? '', attempts, { delivered: false, answer: '500' });
        await due(attempts === 8 ? '' : (refused?.id ?? ''));
        const again = await store.deliveries.take();
        expect(again.map(({ id: of, attempts: n }) => [of, n])).toEqual(
          attempts === 8 ? [] : [[refused?.id, attempts + 1]],
        );
      }
      expect((await own.deliveries(webhook, { limit: 10 })).items.toReversed()).toMatchObject([
        { run: runs[0], state: 'delivered', attempts: 1, answer: '204' },
        { run: runs[1], state: 'failed', attempts: 8, answer: '500' },
      ]);
      // An instance that took it and died: it is due again.
      await due(taken.find((one) => one.webhook !== webhook && one.run === runs[0])?.id ?? '');
      expect(await store.deliveries.take()).toMatchObject([{ run: runs[0], attempts: 2 }]);
      const theirs = store.of(await organisation());
      expect([await theirs.webhooks(), (await theirs.deliveries(webhook, { limit: 9 })).items]).toEqual([[], []]);
      expect([await theirs.deleteWebhook(webhook), await own.deleteWebhook(webhook)]).toEqual([false, true]);
      await store.deleteOrganisation(id);
      expect(await db.selectFrom('deliveries').select('id').execute()).toEqual([]);
    },
  );

  given('chains what is published, also when it is added at once', async () => {
    const before = await store.log.head();
    const signatures = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64));
    await Promise.all(signatures.map((signature) => store.log.add(signature, new Date())));
    const proofs = await Promise.all(signatures.map((signature) => store.log.proof(signature, 100)));
    const longest = proofs.toSorted((a, b) => b.length - a.length)[0] ?? [];
    expect(longest).toHaveLength(4);
    let link = before.number === 0 ? FIRST_LINK : before.link;
    for (const entry of longest) {
      expect(JSON.parse(entry)).toMatchObject({ prev: link });
      link = linkOf(entry);
    }
    expect(await store.log.head()).toMatchObject({ link });
    await expect(db.deleteFrom('publications').execute()).rejects.toThrow('can only be added to');
  });

  given('deletes what an organisation no longer keeps, and everything of one that leaves', async () => {
    const id = await organisation();
    const own = store.of(id);
    const run = await own.createRun({ kind: 'run', appName: 'Sync', app: null });
    await store.run(run).append([{ seq: 1, line: '{}' }], []);
    await store.run(run).end({ verdict: 'compliant', summary: 'Good.' });
    expect(await own.run(run)).toMatchObject({ state: 'ended', verdict: 'compliant' });
    const days = (n: number): Date => new Date(Date.now() + n * 86_400_000);
    expect(await store.deleteExpired(days(89))).toBe(0);
    expect(await store.deleteExpired(days(91))).toBe(1);
    const next = await own.createRun({ kind: 'run', appName: 'Sync', app: null });
    await store.run(next).append([{ seq: 1, line: '{}' }], []);
    await own.audit('t', 'create', next);
    expect(await store.deleteOrganisation(id)).toBe(true);
    for (const table of ['events', 'audit_log'] as const) {
      const rows: readonly object[] = await db.selectFrom(table).selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(table === 'events' ? next : id);
    }
  });
});

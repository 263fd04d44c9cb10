/** Tracks which instances of the service are alive, which of them owns a run or a port, and ends runs whose instance is gone. */
import { sql } from 'kysely';
import { HarnessError } from '../../errors.ts';
import { failureOf } from '../link/peer.ts';
import { repeat } from '../repeat.ts';
import type { Database } from './open.ts';

/** An instance as it registers itself. */
export interface InstanceDescription {
  readonly id: string;
  /** Origin at which other instances reach it. */
  readonly address: string;
  /** Public key of its signing key; all instances have the same. */
  readonly publicKey: string;
  /** Milliseconds without a sign of life after which an instance counts as gone. */
  readonly goneMs: number;
}

/** A run that was ended because its instance is gone. */
export interface EndedRun {
  readonly id: string;
  readonly kind: 'run' | 'live';
}

const GONE = failureOf(repeat('The instance of the service that ran this run is gone.'));
/** Most attempts to lease ports that other instances lease at the same time. */
const LEASES = 20;

/** Returns the queries of one instance about itself and the others. */
export function createInstances(db: Database, { id, address, publicKey, goneMs }: InstanceDescription) {
  const lost = sql<Date>`now() - make_interval(secs => ${sql.lit(goneMs / 1_000)})`;
  const others = () => db.selectFrom('instances').where('instances.id', '<>', id).where('address', '<>', address);
  const beat = async (): Promise<void> => {
    await db
      .insertInto('instances')
      .values({ id, address, public_key: publicKey, seen_at: sql<Date>`now()` })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: sql<Date>`now()` }))
      .execute();
  };
  return {
    /** Registers the instance, replacing an earlier one with the same address.
     * @throws HarnessError `another-key` */
    async join() {
      await db.deleteFrom('instances').where('address', '=', address).execute();
      const other = await others()
        .select('address')
        .where('seen_at', '>=', lost)
        .where('public_key', '<>', publicKey)
        .executeTakeFirst();
      if (other === undefined) return beat();
      const hint = 'Give all instances the same key: SF_CONFORMANCE_SIGNING_KEY.';
      throw new HarnessError('another-key', `The instance at ${other.address} signs with another key.`, hint);
    },
    /** Records a sign of life. Repeat it at intervals well below `goneMs`. */
    beat,
    /** Ends runs whose instance is gone, and runs of this instance that are not in `active`, with the error `repeat`. Resolves with them. */
    async endAbandoned(active: readonly string[]): Promise<readonly EndedRun[]> {
      await db.deleteFrom('instances').where('seen_at', '<', lost).execute();
      return db
        .updateTable('runs')
        .set({ state: 'ended', ended_at: sql<Date>`now()`, error: JSON.stringify(GONE) })
        .where('state', '<>', 'ended')
        .where((is) =>
          is.or([
            is.and([
              is('owner', 'is not', null),
              is('owner', 'not in', is.selectFrom('instances').select('instances.id')),
            ]),
            is.and([
              is('created_at', '<', lost),
              is.or([is('owner', 'is', null), is('owner', '=', id)]),
              ...(active.length === 0 ? [] : [is('runs.id', 'not in', active)]),
            ]),
          ]),
        )
        .returning(['runs.id', 'kind'])
        .execute();
    },
    /** Returns the address of the instance that owns a run; undefined when this one does, or none that is alive. */
    async ownerOf(run: string) {
      const owner = await others()
        .innerJoin('runs', 'runs.owner', 'instances.id')
        .select('address')
        .where('runs.id', '=', run)
        .executeTakeFirst();
      return owner?.address;
    },
    /** Returns the address of the instance whose mock has a port; undefined for this one or none. */
    async portOwner(port: number) {
      const owner = await others()
        .innerJoin('mock_ports', 'mock_ports.instance', 'instances.id')
        .select('address')
        .where('port', '=', port)
        .executeTakeFirst();
      return owner?.address;
    },
    /** Leases two ports of a range to a mock.
     * @throws HarnessError `no-port` */
    leasePorts: (run: string, range: { readonly first: number; readonly last: number }) =>
      leasePorts(db, { instance: id, run, ...range }),
    releasePorts: (ports: readonly number[]) => releasePorts(db, ports),
    /** Unregisters the instance when it stops. */
    async leave() {
      await db.deleteFrom('instances').where('id', '=', id).execute();
    },
  };
}

/** The queries of one instance about itself and the others. */
export type Instances = ReturnType<typeof createInstances>;

interface Lease {
  readonly instance: string;
  readonly run: string;
  readonly first: number;
  readonly last: number;
}

async function leasePorts(db: Database, { instance, run, first, last }: Lease): Promise<readonly number[]> {
  for (let tries = 0; tries < LEASES; tries += 1) {
    const { rows } = await sql<{ readonly port: number }>`
        insert into mock_ports (port, instance, run)
        select free.port, ${instance}, ${run} from generate_series(${sql.lit(first)}, ${sql.lit(last)}) as free (port)
        where not exists (select 1 from mock_ports taken where taken.port = free.port)
        order by random() limit 2 on conflict do nothing returning port`.execute(db);
    const ports = rows.map(({ port }) => port);
    if (ports.length === 2) return ports;
    await releasePorts(db, ports);
    if (ports.length === 0) break;
  }
  const hint = 'Try again when a run has ended, or start the service with a wider range: --ports A-B.';
  throw new HarnessError('no-port', 'All ports for mocks are in use.', hint);
}

async function releasePorts(db: Database, ports: readonly number[]): Promise<void> {
  if (ports.length > 0) await db.deleteFrom('mock_ports').where('port', 'in', ports).execute();
}

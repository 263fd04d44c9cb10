/** Appends to the log of the service: one entry for each signed report, chained by SHA-256. */
import { FIRST_LINK, linkOf } from '../../history/chain.ts';
import type { Database } from './open.ts';

/** An entry of the log. It has digests only, so that it may outlive the organisation. */
export interface Publication {
  readonly number: number;
  readonly at: string;
  /** SHA-256 of `report.sig`, in hexadecimal digits. */
  readonly signature: string;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly prev: string;
}

/** Returns the log in a database. Instances append one after another. */
export function createPublicationLog(db: Database) {
  /** Returns number and hash of the newest entry; 0 and 64 zeros when there is none. */
  const head = async () => {
    const newest = db.selectFrom('publications').select(['number', 'link']).orderBy('number', 'desc').limit(1);
    return (await newest.executeTakeFirst()) ?? { number: 0, link: FIRST_LINK };
  };
  /** Returns the entry of a signed report and the entries after it, as they are chained: at most `limit`. */
  const proof = async (signature: string, limit: number): Promise<readonly string[]> => {
    const own = db.selectFrom('publications').select('number').where('signature', '=', signature);
    const from = db.selectFrom('publications').select('entry').where('number', '>=', own);
    return (await from.orderBy('number').limit(limit).execute()).map(({ entry }) => entry);
  };
  return {
    head,
    proof,
    /** Adds a signed report unless it is in the log already; resolves with its entry. */
    async add(signature: string, at: Date): Promise<Publication> {
      // Two instances may read the same head: the one whose number is taken reads again.
      for (let tries = 0; ; tries += 1) {
        const [there] = await proof(signature, 1);
        if (there !== undefined) return JSON.parse(there) as Publication;
        const { number, link: prev } = await head();
        const publication: Publication = { number: number + 1, at: at.toISOString(), signature, prev };
        const entry = JSON.stringify(publication);
        const added = await db
          .insertInto('publications')
          .values({ number: number + 1, signature, entry, link: linkOf(entry) })
          .onConflict((conflict) => conflict.column('number').doNothing())
          .executeTakeFirst();
        if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) return publication;
        if (tries >= 1_000) throw new Error('The publication log is contended.');
      }
    },
  };
}

/** The log of all signed reports of the service. */
export type PublicationLog = ReturnType<typeof createPublicationLog>;

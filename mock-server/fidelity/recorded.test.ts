/** The table of recordings of the real platform, played against the mock: status, content type, headers, fields, error codes and texts. */
import { expect, test } from 'vitest';
import { BULK } from './fixtures/bulk.ts';
import { COMPOSITE } from './fixtures/composite.ts';
import { DATA } from './fixtures/data.ts';
import { OAUTH } from './fixtures/oauth.ts';
import { openOrg, type Org } from './fixtures/org.ts';
import { compare, type Recorded } from './fixtures/recorded.ts';
import { REQUESTS, SESSIONS, SOAP } from './fixtures/sessions.ts';

interface Group {
  readonly name: string;
  readonly rows: readonly Recorded[];
  /** So many rows are known to be equal, and no fewer. */
  readonly equal: number;
  /** Rows with the same set-up share one org: none of them ends a session. */
  readonly shared: boolean;
}

const GROUPS: readonly Group[] = [
  { name: 'OAuth endpoints', rows: OAUTH, equal: 18, shared: false },
  { name: 'expired sessions', rows: SESSIONS, equal: 5, shared: false },
  { name: 'wrong paths, methods and media types', rows: REQUESTS, equal: 8, shared: true },
  { name: 'SOAP logins', rows: SOAP, equal: 3, shared: true },
  { name: 'data APIs', rows: [...DATA, ...COMPOSITE, ...BULK], equal: 53, shared: true },
];

/** Returns in what an answer differs from its recording; undefined: in nothing. */
async function difference(row: Recorded, org: Org): Promise<string | undefined> {
  try {
    compare(await row.ask(org), row);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test.each(GROUPS)('$name: $equal recordings are met', async ({ rows, equal, shared }) => {
  const orgs = new Map<string, Org>();
  const orgOf = async ({ setting }: Recorded): Promise<Org> => {
    const key = JSON.stringify(setting ?? {});
    const org = (shared ? orgs.get(key) : undefined) ?? (await openOrg(setting));
    orgs.set(key, org);
    return org;
  };
  const wrong: string[] = [];
  for (const row of rows) {
    const found = await difference(row, await orgOf(row));
    if (found !== undefined && row.differs === undefined) wrong.push(`${row.what} (${row.source}): ${found}`);
    if (found === undefined && row.differs !== undefined) wrong.push(`${row.what}: no longer differs`);
  }
  expect(wrong).toEqual([]);
  expect(rows.filter(({ differs }) => differs === undefined)).toHaveLength(equal);
});

test('every row says where it comes from', () => {
  for (const { what, source } of GROUPS.flatMap(({ rows }) => rows)) {
    expect(what).not.toBe('');
    expect(source).toMatch(/#\d+|\w+ \S+/);
  }
});

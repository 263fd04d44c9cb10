/** A small version of `tools/hosting/load.ts`: three instances, one is killed, PostgreSQL starts again. */
import { expect, it } from 'vitest';
import { proveLoad } from '../../test-kit/hosting/load.ts';
import { whyNoPostgres } from '../../test-kit/postgres.ts';

it.skipIf(whyNoPostgres() !== undefined)(
  'keeps runs of several organisations right and apart',
  async () => {
    const lines: string[] = [];
    const options = {
      organisations: 6,
      atOnce: 3,
      awayMs: 0,
      grep: '^PKCE-0',
      say: (line: string) => void lines.push(line),
    };
    expect((await proveLoad(options)).wrong, lines.join('\n')).toEqual([]);
  },
  600_000,
);

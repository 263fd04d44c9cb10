/** What `host` is told, all of it by the environment: most of it is secret. Pure. */
import { z } from 'zod';
import { HarnessError } from '../errors.ts';

const word = z.string().regex(/^[\w-]{16,128}$/u, 'must be 16 to 128 letters, digits, "_" or "-"');

const schema = z.object({
  REDIS_URL: z.url({ protocol: /^rediss?$/u, error: 'must be redis://… or rediss://…' }),
  SF_CONFORMANCE_KEY: z.string().regex(/^[0-9a-f]{64}$/iu, 'must be 64 hexadecimal digits: openssl rand -hex 32'),
  SF_CONFORMANCE_ADMIN_KEY: word,
  SF_CONFORMANCE_FRONT_KEY: word.optional(),
  SF_CONFORMANCE_LISTEN: z
    .string()
    .regex(/^[\w.-]+:\d{1,5}$/u, 'must be an address and a port')
    .default('127.0.0.1:4300'),
  SF_CONFORMANCE_URL: z.url({ protocol: /^https?$/u, error: 'must be http://… or https://…' }).optional(),
  SF_CONFORMANCE_SERVICE: z
    .string()
    .regex(/^[\w-]{1,40}$/u, 'must be 1 to 40 letters, digits, "_" or "-"')
    .default('default'),
});

export interface Hosting {
  readonly redis: string;
  readonly key: Buffer;
  readonly adminKey: string;
  readonly frontKey?: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly name: string;
}

/** @throws HarnessError `hosting-environment`: names what is wrong, and never a value */
export function readHosting(env: Readonly<Record<string, string | undefined>>): Hosting {
  const read = schema.safeParse(env);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return env[name] === undefined ? `${name} is not set.` : `${name} ${message}.`;
    });
    throw new HarnessError(
      'hosting-environment',
      `host cannot start:\n  - ${faults.join('\n  - ')}`,
      'docs/hosting.md says what each of them is.',
    );
  }
  const all = read.data;
  const [host = '', port = ''] = all.SF_CONFORMANCE_LISTEN.split(':');
  return {
    ...{ redis: all.REDIS_URL, key: Buffer.from(all.SF_CONFORMANCE_KEY, 'hex'), host, port: Number(port) },
    ...{ adminKey: all.SF_CONFORMANCE_ADMIN_KEY, name: all.SF_CONFORMANCE_SERVICE },
    ...(all.SF_CONFORMANCE_FRONT_KEY !== undefined && { frontKey: all.SF_CONFORMANCE_FRONT_KEY }),
    ...(all.SF_CONFORMANCE_URL !== undefined && { publicUrl: all.SF_CONFORMANCE_URL }),
  };
}

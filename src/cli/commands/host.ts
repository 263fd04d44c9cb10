import { resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import type { Action, Invocation } from '../command.ts';
import { usage } from '../usage.ts';

/** Serves until SIGINT or SIGTERM; exits 0 when every run has ended.
 * @throws HarnessError `no-database`, `port-in-use` (exit 2) */
export const action: Action = async ({ flags, cwd, env, terminal, signal }) => {
  const { base, ports } = flags;
  if (base !== undefined && ports !== undefined)
    throw usage('--base and --ports exclude each other.', 'Leave one out.');
  const dir = resolve(cwd, flags.data ?? 'sf-conformance-data');
  const databaseUrl = env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'];
  const gone = flags['delete-organisation'];
  if (gone !== undefined) {
    const { deleteOrganisation } = await import('../../hosting/delete-organisation.ts');
    await deleteOrganisation(gone, { dir, url: databaseUrl });
    terminal.print(`The organisation ${gone} was deleted, with its apps, runs, reports, links, tokens and audit log.`);
    return 0;
  }
  const { startHost } = await import('../../hosting/host.ts');
  const origin = (name: 'url' | 'instance-url'): URL | undefined => {
    const text = flags[name];
    return text === undefined ? undefined : originOf(name, text);
  };
  const host = await startHost({
    ...{ base, ports, env, url: origin('url'), instanceUrl: origin('instance-url') },
    goneMs: (flags.gone ?? 30) * 1_000,
    clientAddress: flags['client-address'],
    openId: openIdOf(flags, env),
    privateWebhooks: flags['private-webhooks'],
    ...{ dir, databaseUrl },
    host: flags.listen ?? '127.0.0.1',
    port: flags.port ?? 4400,
    log: (line) => terminal.say(JSON.stringify({ time: new Date().toISOString(), ...line })),
  });
  announce(host, { terminal, flags });
  if (!signal.aborted) await new Promise((ended) => signal.addEventListener('abort', ended, { once: true }));
  await host.close((flags.drain ?? 50) * 1_000);
  return 0;
};

function openIdOf({ 'oidc-issuer': issuer, 'oidc-client': clientId }: Invocation['flags'], env: Invocation['env']) {
  if (issuer === undefined && clientId === undefined) return undefined;
  if (issuer === undefined || clientId === undefined)
    throw usage('--oidc-issuer and --oidc-client belong together.', 'Name both.');
  return { issuer, clientId, clientSecret: env['SF_CONFORMANCE_OIDC_SECRET'] };
}

function announce(
  { origin, firstToken }: { readonly origin: string; readonly firstToken: string | undefined },
  { terminal, flags }: Pick<Invocation, 'terminal' | 'flags'>,
): void {
  if (flags.json === true) terminal.print(JSON.stringify({ origin, token: firstToken }));
  else {
    terminal.print(`The service listens at ${origin}`);
    if (firstToken !== undefined) terminal.print(`Token of the service, shown this once: ${firstToken}`);
  }
}

function originOf(name: string, text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/u.test(url.protocol) && url.pathname === '/') return url;
  throw new HarnessError(
    'usage',
    `--${name} "${text}" is not an origin.`,
    `Write for example: --${name} https://conformance.example`,
  );
}

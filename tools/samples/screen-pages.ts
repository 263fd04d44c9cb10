/** The pages of the project with something on them, to be looked at and tested: reports, comparison, live session, service, mock. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { renderPage } from '../../reports/html/page.ts';
import { grade } from '../../src/grade/grade.ts';
import { DEFAULT_RULES } from '../../src/history/rules.ts';
import { startHosted } from '../../src/hosting/hosted.test-support.ts';
import { loadRuleCatalogue } from '../../src/run/catalogue.ts';
import { startClient, startLive } from '../../src/serve/fixtures/live.ts';
import { signIn } from '../../test-kit/login.ts';
import { sampleEvents } from '../../test-kit/sample-history.ts';
import { remake } from './golden.ts';

export interface ScreenPages extends AsyncDisposable {
  /** Address by name. */
  readonly addresses: Readonly<Record<string, string>>;
  /** What the pages of the service want of a browser. */
  readonly cookie: { readonly name: string; readonly value: string; readonly url: string };
}

/** Makes the reports anew, and starts a live session and a service in which something has happened. */
export async function startPages(): Promise<ScreenPages> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-screens-'));
  await remake(folder);
  await writeFile(join(folder, 'partial.html'), await partialReport());
  const file = (path: string): string => pathToFileURL(join(folder, path)).href;
  const hosted = await startHosted();
  const { origin } = hosted.host;
  const live = await startLive({ app: { name: 'Acme Sync' } });
  const client = startClient(live);
  let signInPage = '';
  await client.authorize(async (url) => {
    signInPage = url;
    await signIn(url);
  });
  await client.call();
  return {
    addresses: {
      failing: file('failing/index.html'),
      'failing-open': `${file('failing/index.html')}#scenario-herd-5`,
      compliant: file('compliant/index.html'),
      partial: file('partial.html'),
      comparison: file('comparison.html'),
      live: live.link(),
      mock: live.loginUrl,
      'mock-sign-in': signInPage,
      'service-sign-in': `${origin}/sign-in`,
      'service-home': `${origin}/`,
      'service-new-app': `${origin}/apps/new`,
      'service-app': `${origin}/apps/${hosted.app}`,
      'service-run': `${origin}/runs/${hosted.runs[1]}`,
      'service-compare': `${origin}/compare?run=${hosted.runs.join('&run=')}`,
      'service-tokens': `${origin}/tokens`,
      'service-audit': `${origin}/audit`,
    },
    cookie: { ...(await cookieOf(origin, hosted.token)), url: origin },
    async [Symbol.asyncDispose]() {
      await client.end();
      await live.end();
      live.clean();
      await hosted[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The report of the compliant client when one suite was selected. */
async function partialReport(): Promise<string> {
  const history = sampleEvents('compliant').map((event) =>
    event.kind === 'run-begin' ? { ...event, selection: { suites: ['pkce'] } } : event,
  );
  const graded = grade(history, await loadRuleCatalogue(DEFAULT_RULES));
  const integrity = {
    algorithm: 'Ed25519',
    publicKey: '',
    signature: 'report.sig',
    unsigned: 'its selection was made up for a picture',
  } as const;
  return renderPage({ report: { ...graded, integrity }, history });
}

async function cookieOf(origin: string, token: string): Promise<{ readonly name: string; readonly value: string }> {
  const answer = await fetch(`${origin}/sign-in`, {
    ...{ method: 'POST', redirect: 'manual', headers: { origin }, body: new URLSearchParams({ token }) },
  });
  const [name = '', value = ''] = (answer.headers.get('set-cookie') ?? '').split(';')[0]?.split('=') ?? [];
  return { name, value };
}

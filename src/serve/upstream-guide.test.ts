/** A person is guided through scenarios between the client and a real org: each ends as with the mock. */
import { onTestFinished, expect, test } from 'vitest';
import { CLIENT_ID, REDIRECT } from '../../mock-server/fixtures/stage.ts';
import type { Instruction } from '../drivers/manual/prompt-queue.ts';
import { startOrg } from '../upstream/fixtures/through.ts';
import { readTarget } from '../upstream/target.ts';
import { signIn } from '../../test-kit/login.ts';
import { startClient, startLive, type Live, type ReferenceClient } from './fixtures/live.ts';

type View = Readonly<{ instructions: readonly Instruction[]; running?: string }>;

const ask = async (live: Live, path: string, body?: object): Promise<Response> =>
  fetch(new URL(path, live.link()), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${live.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Does what the instructions say, until the scenario is over; replies only to what cannot be seen. */
async function followInstructions(
  live: Live,
  client: ReferenceClient,
  open: (url: string) => Promise<void>,
): Promise<void> {
  const view = async () => (await (await ask(live, '/view')).json()) as View;
  let last = 0;
  for (;;) {
    const next = (one: View): Instruction | undefined => one.instructions.find(({ id }) => id > last);
    await expect
      .poll(async () => view().then((one) => next(one) !== undefined || one.running === undefined), { interval: 20 })
      .toBe(true);
    const instruction = next(await view());
    if (instruction === undefined) return;
    last = instruction.id;
    const { action, text } = instruction;
    if (action === 'authorize') await client.authorize(open);
    else if (action === 'call') {
      const calls = Number(/make (\d+) API calls/.exec(text)?.[1] ?? 1);
      const answers = await Promise.all(Array.from({ length: calls }, () => client.call()));
      const wrong = answers.find(({ ok }) => !ok);
      if (wrong !== undefined)
        await ask(live, '/reply', { id: last, reply: wrong.reauthorize === true ? 'reconnect' : 'failed' });
    } else await ask(live, '/reply', { id: last, reply: 'skip' });
  }
}

/** Guides a person with a client through one scenario; returns how it ended and the verdicts of its checks. */
async function guided(scenario: string, variant: string, through: boolean) {
  const org = through ? await startOrg() : undefined;
  const live = await startLive(
    { app: { clientId: CLIENT_ID, redirectUris: [REDIRECT] }, mock: { policy: 'salesforce' } },
    {},
    org === undefined ? {} : { upstream: { target: readTarget([org.loginUrl]), ca: org.ca } },
  );
  const client = startClient(live, variant);
  onTestFinished(async () => {
    await client.end();
    live.clean();
  });
  const open = async (url: string): Promise<void> => {
    const { url: callback } = (await org?.browse(url)) ?? {};
    await (callback === undefined ? signIn(url) : fetch(callback));
  };
  if (through) expect(await (await ask(live, `/guide/${scenario}`, {})).text()).toContain('sign in again');
  expect((await ask(live, `/guide/${scenario}`, { confirm: true })).status).toBe(200);
  await followInstructions(live, client, open);
  const { report } = await live.end();
  const verdicts = report.checks
    .filter(({ id, scenarios }) => !id.startsWith('ORG-') && scenarios.some((one) => one.id === scenario))
    .map(({ id, verdict }) => [id, verdict]);
  return {
    outcome: report.scenarios.find(({ id }) => id === scenario)?.outcome,
    verdicts: Object.fromEntries(verdicts) as Record<string, string>,
  };
}

test.each([
  ['herd-2', 'reference', { 'RACE-01': 'pass' }],
  ['herd-2', 'no-single-flight', { 'RACE-01': 'fail' }],
  ['lost-answers', 'reference', { 'RES-05': 'info', 'RES-06': 'info', 'RES-07': 'info' }],
] as const)(
  '%s with the client %s ends as it does with the mock',
  { timeout: 180_000 },
  async (scenario, variant, shown) => {
    const [withMock, withOrg] = [await guided(scenario, variant, false), await guided(scenario, variant, true)];
    expect(withOrg).toEqual(withMock);
    expect(withOrg).toMatchObject({ outcome: 'completed', verdicts: shown });
  },
);

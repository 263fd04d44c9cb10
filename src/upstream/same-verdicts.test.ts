import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { drive, verdictsOf } from './fixtures/drive.ts';

const has = (tool: string): boolean => spawnSync(tool, ['--help']).error === undefined;

/**
 * Examples whose tool is on this machine; the single page is in a file of its own, with a browser. What is refused to the client before the
 * fix is refused at the org, where the recorder does not see it.
 */
const EXAMPLES: readonly string[] = [
  ...['before-after/after.config.json', 'background-worker/conformance.config.json'],
  ...['openid-client', 'web-application'].map((name) => `${name}/conformance.config.json`),
  ...(has('python3') ? ['python-cli/conformance.config.yaml'] : []),
  ...['go', 'java'].filter(has).map((name) => `${name}/conformance.config.json`),
];

/** Scenarios that hold, race, lose and refuse, each on its own. */
test.each([
  ['reference', ['login', 'refresh-chain', 'herd-2', 'late-401']],
  ['reference', ['lost-answers', 'held-refresh', 'failed-refresh', 'outages']],
  ...EXAMPLES.map((example): [string, string[]] => [
    `examples/${example}`,
    ['login', 'refresh-chain', 'herd-2', 'lost-answers'],
  ]),
  // It waits for ever where an answer was lost.
  ['examples/jsforce/conformance.config.json', ['login', 'refresh-chain', 'herd-2']],
  ['drops-new-refresh-token', ['login', 'refresh-chain']],
  ['no-single-flight', ['herd-2']],
])(
  'a %s client gets the same verdicts through the recorder as directly: %j',
  { timeout: 300_000 },
  async (client, scenarios) => {
    const directly = await drive(client, scenarios, false);
    const through = await drive(client, scenarios, true);
    expect(through.outcomes).toEqual(directly.outcomes);
    expect(verdictsOf(through)).toEqual(verdictsOf(directly));
    expect(through.events.some(({ kind }) => kind === 'rotation')).toBe(true);
  },
);

test(
  'a held race through the recorder ends as at the mock: one refresh is granted, the others are in flight',
  { timeout: 120_000 },
  async () => {
    const { events } = await drive('no-single-flight', ['herd-2'], true);
    const outcomes = events.flatMap((event) => (event.kind === 'rotation' ? [event.outcome] : []));
    expect(outcomes.slice(0, 2).toSorted()).toEqual(['in-flight', 'rotated']);
  },
);

test(
  'an answer that is lost after the org has rotated leaves the client with a used token',
  { timeout: 120_000 },
  async () => {
    const { events } = await drive('reference', ['lost-answers'], true);
    const lost = events.find((event) => event.kind === 'response' && event.fault === 'reset-after-commit');
    expect(lost).toMatchObject({
      delivered: 'none',
      issued: { refreshToken: { label: expect.stringMatching(/^RT#/) as string } },
    });
    const rotation = events.find(
      (event) =>
        event.kind === 'rotation' &&
        'exchange' in (lost ?? {}) &&
        event.exchange === (lost as { exchange: number }).exchange,
    );
    expect(rotation).toMatchObject({ outcome: 'rotated' });
  },
);

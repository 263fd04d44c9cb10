import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { callOutcome } from '../../src/history/calls.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { endsOf } from '../calls.ts';
import { howMany } from '../counted.ts';
import type { Refresh } from '../rtr/refreshes.ts';

/** Refreshes that one call may send with a secret that is no longer valid. */
const MOST = 2;

export default defineCheck({
  id: 'ERR-12',
  suite: 'error-handling',
  level: 'SHOULD',
  title: 'A consumer secret that is not valid any more is reported, and no other is tried',
  failure: 'After the consumer secret was rotated the client keeps retrying, tries other secrets, or hides it',
  why: 'While a secret is rotated both are valid for a time; then the old one is refused with `invalid_client`. Only an operator can fix that, so the client has to name the cause. Retries look like an attack, and a copy of the secret beside the tokens outlives the rotation.',
  remedy:
    'Report `invalid_client` as a fault of the configuration, with a message that names the secret, and stop. Read the secret where it is stored at each start, so that a new one needs no new build, and keep no copy of it.',
  references: ['RFC 6749 §5.2'],
  scenarios: ['secret-rotated'],
  untested:
    'Rotate the consumer secret, let both be valid for a while and then only the new one; let the client refresh, then start it with the new one.',
  relies: ['refresh-after-401', 'chain-kept', 'refresh-survived'],
  skip: ({ app }) => (app.client === 'confidential' ? undefined : 'A public client has no secret.'),
  judge: (scenario) => {
    const part = scenario.phase('new-secret-only');
    const refused = part.refreshes.filter(({ response }) => response?.error === 'invalid_client');
    const [first] = refused;
    if (first === undefined) return undefined;
    const guess = part.refreshes.find((one) => secretOf(one) !== secretOf(first));
    if (guess !== undefined) {
      return fail('A refresh was answered invalid_client, and the client tried another secret; none was expected.', [
        guess.seq,
        first.seq,
      ]);
    }
    const calls = part.actions.filter(({ begin }) => begin.name === 'call');
    const most = calls.map((call) => sentIn(call, refused)).reduce((a, b) => (b.length > a.length ? b : a), []);
    if (most.length > MOST) {
      return fail(
        `One call sent ${howMany(most.length, 'refresh', 'refreshes')} that were answered invalid_client; at most ${String(MOST)} were expected.`,
        most.map(({ seq }) => seq),
      );
    }
    const call = calls.find((one) => sentIn(one, refused).length > 0);
    const outcome = call === undefined ? 'open' : callOutcome(scenario, call);
    if (call?.end?.result === 'died' || outcome === 'hung' || outcome === 'unbacked' || outcome === 'unseen') {
      return fail('A refresh was answered invalid_client, and the client did not report an error.', [
        ...endsOf(call === undefined ? [] : [call]),
        first.seq,
      ]);
    }
    const given = scenario.phase('new-secret-given').refreshes;
    const still = given.find(({ response }) => response?.error === 'invalid_client');
    if (still !== undefined) {
      return fail(
        'The client was restarted with the new secret in SF_CLIENT_SECRET, and its next refresh was answered invalid_client; the new secret was expected.',
        [still.seq, first.seq],
        {
          diagnosis:
            secretOf(still) === secretOf(first) ? 'It sent the old secret, which it must have stored.' : undefined,
        },
      );
    }
    const works = given.find(({ response }) => response?.status === 200);
    return pass(
      `The client went on while both secrets were valid, reported invalid_client afterwards and tried no other secret${works === undefined ? '' : '; restarted with the new one it refreshed again'}.`,
      [...refused, ...(works === undefined ? [] : [works])].map(({ seq }) => seq),
    );
  },
});

/** Returns the label of the secret that a request carried in its body or its Authorization header. */
function secretOf({ request }: Refresh): string | undefined {
  const fields = [...request.body.filter(({ name }) => name === 'client_secret'), ...request.headers];
  return fields.find(({ name }) => /^(client_secret|authorization)$/i.test(name))?.value;
}

/** Returns the refreshes that a call sent before it was answered. */
const sentIn = (
  { begin, end }: ScenarioHistory['actions'][number],
  refreshes: readonly Refresh[],
): readonly Refresh[] => refreshes.filter(({ begunAt }) => begunAt >= begin.t && begunAt <= (end?.t ?? Infinity));

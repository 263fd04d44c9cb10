import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { succeeded } from './refreshes.ts';

export default defineCheck({
  id: 'RTR-13',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'A new instance_url in a refresh response is used',
  failure: 'A new instance_url in a refresh response is ignored',
  why: 'Salesforce moves orgs between instances, and the refresh answer names the new one. A client that stays with the old host has an outage until its user connects again.',
  remedy: 'Store the `instance_url` of each token response with the tokens, and build API URLs from it.',
  references: ['RFC 6749 §5.1'],
  scenarios: ['moved-instance'],
  untested: 'Let a refresh response name another instance_url, then let the client call the API.',
  shows: ['instance-followed'],
  relies: ['refresh-after-401', 'refresh-survived'],
  judge: (scenario) => {
    const moved = scenario.phase('moved').refreshes.find(succeeded);
    if (moved === undefined) return undefined;
    const after = scenario.since('moved').resources.filter(({ begunAt }) => begunAt > moved.endedAt);
    const [first] = after;
    if (first === undefined) return undefined;
    const target = scenario
      .of('fault')
      .find(({ fault, detail }) => fault === 'moved-instance' && detail !== undefined)?.detail;
    const stayed = after.filter(({ request }) => request.host === 'instance' && !hostOf(request).includes('localhost'));
    return stayed.length === after.length
      ? fail(
          'API calls still went to the old instance after a refresh response had named another one; the new instance_url was expected.',
          [first.seq, moved.seq],
        )
      : pass(`API calls went to the new instance_url${target === undefined ? '' : ` (${target})`}.`, [
          first.seq,
          moved.seq,
        ]);
  },
});

/** Returns the value of the Host header. */
function hostOf(request: { readonly headers: readonly { readonly name: string; readonly value: string }[] }): string {
  return request.headers.find(({ name }) => name.toLowerCase() === 'host')?.value ?? '';
}

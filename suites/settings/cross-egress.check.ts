import { covers, parseNetwork } from './addresses.ts';
import { rangeOf } from './allowlist-range.ts';
import { contradiction, withClientApp } from './client-app.ts';
import { NEWER } from './newer-rule.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-CROSS-EGRESS',
  level: 'SHOULD',
  title: 'Every address that the client refreshes from is in the allowlist',
  failure: 'The client refreshes from an address that the allowlist does not admit',
  why: 'Salesforce refuses a refresh from an address outside the allowlist with invalid_grant, "ip restricted".',
  remedy: 'Add the address to tokenIpRanges, or correct app.egress in the configuration.',
  references: ['Salesforce Help, Set an IP Allowlist for Refresh Tokens'],
  requirements: [],
  rules: NEWER,
  notApplicable: 'The configuration names no app.egress, or there is no allowlist of its app to compare with.',
  grade: withClientApp((app, { egress = [] }, about) => {
    const { ipAllowlist } = app;
    const ranges = ipAllowlist?.ranges.flatMap((range) => rangeOf(range) ?? []) ?? [];
    if (ipAllowlist === undefined || ranges.length === 0) return [];
    return egress.map((text) => {
      const at = { ...about, place: ipAllowlist.place };
      const network = parseNetwork(text);
      return network !== undefined && covers(ranges, network)
        ? { ...at, verdict: 'pass', message: `The allowlist admits ${text}.` }
        : {
            ...at,
            verdict: 'warn',
            message: contradiction(app, `the client refreshes from ${text}`, 'does not admit it'),
          };
    });
  }),
});

import { BlockList, isIP } from 'node:net';
import { defineCheck, fail, pass, skip } from '../../src/grade/finding.ts';
import { howMany } from '../counted.ts';

export default defineCheck({
  id: 'IP-01',
  suite: 'rtr',
  level: 'MUST',
  rules: ['sf-partner-2026-11'],
  title: 'Every refresh comes from a declared address',
  failure: 'A refresh comes from an address that is not declared',
  why: 'With the refresh token IP allowlist on, Salesforce refuses refreshes from other addresses. One worker behind another gateway is enough to break connections now and then.',
  remedy:
    'Send all refreshes through addresses that stay the same, such as a NAT gateway, and declare each of them in the app and in `app.egress`.',
  references: ['RFC 9700 §4.14.2'],
  scenarios: ['refresh-chain', 'refresh-paths', 'herd-5', 'many-processes', 'two-users', 'crash-after-refresh'],
  untested: 'Let the client refresh where the address that it comes from can be seen.',
  skip: ({ app }) =>
    app.egress === undefined
      ? 'The configuration does not declare `app.egress`: the addresses that refreshes may come from are not known.'
      : undefined,
  judge: (scenario, { app }) => {
    const { refreshes } = scenario;
    if (refreshes.length === 0) return undefined;
    const seen = refreshes.filter(({ request }) => request.source !== undefined);
    if (seen.length === 0) {
      return skip(
        'The addresses that requests come from cannot be seen on this machine; a hosted service can see them (`host --client-address`).',
        [],
      );
    }
    const isDeclared = declared(app.egress ?? []);
    const foreign = seen.find(({ request }) => !isDeclared(request.source ?? ''));
    return foreign === undefined
      ? pass(
          `${howMany(seen.length, 'refresh', 'refreshes')} came from declared addresses.`,
          seen.map(({ seq }) => seq),
        )
      : fail(`A refresh came from ${foreign.request.source ?? ''}, which \`app.egress\` does not declare.`, [
          foreign.seq,
        ]);
  },
});

/** Returns a function that reports whether an address is in these addresses and ranges. */
function declared(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const six = isIP(address) === 6;
    list.addSubnet(address, bits === undefined ? (six ? 128 : 32) : Number(bits), six ? 'ipv6' : 'ipv4');
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

import { defineCheck, fail, pass } from '../../src/grade/finding.ts';

export default defineCheck({
  id: 'HYG-07',
  suite: 'token-hygiene',
  level: 'SHOULD',
  title: 'Tokens are sent only to a server whose certificate can be verified',
  failure: 'Tokens are sent to a server whose certificate cannot be verified',
  why: 'Without certificate verification, anyone between client and server can read the tokens.',
  remedy:
    'Keep certificate verification on (no `verify=False`, no `NODE_TLS_REJECT_UNAUTHORIZED=0`, no trust-all manager); for a private certificate authority add its certificate (`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`).',
  references: ['RFC 6749 §1.6', 'RFC 9325 §3'],
  scenarios: ['bad-certificate'],
  untested: 'Let the client follow a new `instance_url` to a server whose certificate cannot be verified.',
  relies: ['refresh-after-401', 'refresh-survived', 'instance-followed'],
  judge: (scenario) => {
    const after = scenario.since('untrusted');
    const [connection] = after.of('control').filter(({ action }) => action === 'untrusted-connection');
    if (connection === undefined) return undefined;
    const sent = after.exchanges.filter(({ request }) => request.host === 'other');
    const [first] = sent;
    if (first === undefined) {
      return pass('The client closed the connection because it could not verify the certificate, and sent nothing.', [
        connection.seq,
      ]);
    }
    const token = first.facts.kind === 'resource' ? first.facts.accessToken?.label : undefined;
    return fail(
      `The client sent ${token ?? 'a request'} to a server whose certificate was not signed by a trusted authority; it was expected to close the connection.`,
      sent.map(({ seq }) => seq).concat(connection.seq),
    );
  },
});

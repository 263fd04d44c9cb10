import { defineCheck, fail, pass } from '../../src/grade/finding.ts';
import { attemptOf } from '../authorization-request/attempt.ts';

export default defineCheck({
  id: 'CODE-06',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'Unknown parameters and fields are ignored',
  failure: 'An unknown parameter or field makes the login fail',
  why: 'Salesforce adds parameters and fields to its responses, such as `sfdc_community_url`. A client that accepts only known ones breaks with the next release.',
  remedy:
    'Read the parameters and fields that you need by name and ignore the rest; do not validate with a closed schema (`additionalProperties: false`, `.strict()`).',
  references: ['RFC 6749 §4.1.2', 'RFC 6749 §5.1', 'RFC 9207 §2'],
  scenarios: ['callbacks'],
  untested: 'Let a login reach its callback, so that parameters can be added to it.',
  judge: (scenario) => {
    const attempt = attemptOf(scenario, 'extra');
    if (attempt === undefined) return undefined;
    const { callbacks, exchanges, ending, ended } = attempt;
    const callback = callbacks.find(({ tampered }) => tampered !== undefined);
    if (callback === undefined) return undefined;
    const [exchange] = exchanges;
    if (exchange === undefined) {
      return fail(
        'A callback with iss, sfdc_community_url and an unknown parameter led to no token request; the client was expected to ignore them.',
        [callback.seq, ended],
      );
    }
    if (exchange.response?.status !== 200) return undefined;
    if (ending !== 'ok') {
      return fail('A token response with unknown fields was not accepted; the client was expected to ignore them.', [
        exchange.response.seq,
        ended,
      ]);
    }
    return pass(
      'The login succeeded with unknown parameters in its callback and unknown fields in its token response.',
      [callback.seq, exchange.seq, ended],
    );
  },
});

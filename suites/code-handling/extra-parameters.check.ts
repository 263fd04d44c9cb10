import type { Check } from '../../src/grade/check.ts';
import { fail, pass } from '../../src/grade/finding.ts';
import { attemptOf } from '../authorization-request/attempt.ts';

const check: Check = {
  id: 'CODE-06',
  suite: 'code-handling',
  level: 'SHOULD',
  title: 'Parameters and fields that the client does not know are ignored',
  failure: 'A parameter or field that the client does not know makes the login fail',
  why: 'Salesforce adds to its answers, as with `sfdc_community_url`. A client that insists on what it knows breaks with the next release.',
  remedy:
    'Read the parameters and fields that you need by their names and leave the rest alone; do not validate with a closed schema (`additionalProperties: false`, `.strict()`).',
  references: ['RFC 6749 §4.1.2', 'RFC 6749 §5.1', 'RFC 9207 §2'],
  scenarios: ['callbacks'],
  untested: 'Let a login come to its callback, so that parameters can be added to it.',
  judge: (scenario) => {
    const attempt = attemptOf(scenario, 'extra');
    if (attempt === undefined) return undefined;
    const { callbacks, exchanges, ending, ended } = attempt;
    const callback = callbacks.find(({ tampered }) => tampered !== undefined);
    if (callback === undefined) return undefined;
    const [exchange] = exchanges;
    if (exchange === undefined) {
      return fail(
        'A callback with iss, sfdc_community_url and an unknown parameter led to no token request; they were to be ignored.',
        [callback.seq, ended],
      );
    }
    if (exchange.response?.status !== 200) return undefined;
    if (ending !== 'ok') {
      return fail('A token answer with unknown fields was not taken; they were to be ignored.', [
        exchange.response.seq,
        ended,
      ]);
    }
    return pass('The login went through with unknown parameters in its callback and unknown fields in its answer.', [
      callback.seq,
      exchange.seq,
      ended,
    ]);
  },
};
export default check;

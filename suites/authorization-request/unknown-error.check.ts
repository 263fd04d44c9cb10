import type { Check } from '../../src/grade/check.ts';
import { fail, pass, review } from '../../src/grade/finding.ts';
import { attemptOf } from './attempt.ts';

const check: Check = {
  id: 'AZ-08',
  suite: 'authorization-request',
  level: 'INFO',
  title: 'An unknown error with markup in its description is shown as text, if at all',
  failure: 'An unknown error ends the client, or its description becomes part of the page',
  why: 'Salesforce sends errors that no RFC names, and everybody can send a callback. A description that is put into the page as markup runs in the user’s session.',
  remedy:
    'Treat every `error` that is not known as a failed login, and escape `error_description` before it is shown: `textContent`, never `innerHTML`.',
  references: ['RFC 6749 §4.1.2.1'],
  scenarios: ['errors'],
  untested: 'Let a login come to a callback that carries an error which the client does not know.',
  judge: (scenario) => {
    const attempt = attemptOf(scenario, 'unknown-error');
    if (attempt === undefined) return undefined;
    const { part, callbacks, ending, ended } = attempt;
    const [callback] = callbacks;
    if (callback === undefined) return undefined;
    if (ending === 'crashed') return fail('The client died of an error that it did not know.', [ended, callback.seq]);
    const pages = part.of('visit').filter(({ step, seq }) => step === 'page' && seq > callback.seq);
    const reflected = pages.find(({ markup }) => markup?.includes('error_description') === true);
    if (reflected !== undefined) {
      return fail('The page of the callback held error_description as it came, markup and all.', [
        reflected.seq,
        callback.seq,
      ]);
    }
    return pages.some(({ markup }) => markup !== undefined)
      ? pass('The client survived an error that it did not know, and its page held no markup of the callback.', [
          callback.seq,
          ...pages.map(({ seq }) => seq),
        ])
      : review(
          'The client survived an error that it did not know. Look at what it showed to its user: error_description held markup.',
          [callback.seq, ended],
        );
  },
};
export default check;

import { defineCheck, fail, pass, review } from '../../src/grade/finding.ts';
import { attemptOf } from './attempt.ts';

export default defineCheck({
  id: 'AZ-08',
  suite: 'authorization-request',
  level: 'INFO',
  title: 'Markup in the description of an unknown error is shown as text, if at all',
  failure: 'An unknown error crashes the client, or its description becomes markup of the page',
  why: 'Salesforce sends errors that no RFC defines, and anyone can send a callback. A description that is inserted into the page as markup runs in the session of the user.',
  remedy:
    'Treat every unknown `error` as a failed login, and escape `error_description` before it is shown: `textContent`, never `innerHTML`.',
  references: ['RFC 6749 §4.1.2.1'],
  scenarios: ['errors'],
  untested: 'Let a login reach a callback that carries an error which the client does not know.',
  judge: (scenario) => {
    const attempt = attemptOf(scenario, 'unknown-error');
    if (attempt === undefined) return undefined;
    const { part, callbacks, ending, ended } = attempt;
    const [callback] = callbacks;
    if (callback === undefined) return undefined;
    if (ending === 'crashed')
      return fail('The client crashed after an unknown error; a message to its user was expected.', [
        ended,
        callback.seq,
      ]);
    const pages = part.of('visit').filter(({ step, seq }) => step === 'page' && seq > callback.seq);
    const reflected = pages.find(({ markup }) => markup?.includes('error_description') === true);
    if (reflected !== undefined) {
      return fail(
        'The page of the callback contained error_description unescaped, with its markup; text was expected.',
        [reflected.seq, callback.seq],
      );
    }
    return pages.some(({ markup }) => markup !== undefined)
      ? pass('The client handled an unknown error, and its page contained no markup from the callback.', [
          callback.seq,
          ...pages.map(({ seq }) => seq),
        ])
      : review(
          'The client handled an unknown error. Check what it showed to its user: error_description contained markup.',
          [callback.seq, ended],
        );
  },
});

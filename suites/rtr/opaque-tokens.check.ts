import type { Check } from '../../src/grade/check.ts';
import { defineCheck, fail, inconclusive, pass } from '../../src/grade/finding.ts';
import type { ScenarioHistory } from '../../src/history/query.ts';
import { howMany } from '../counted.ts';
import { sentToken, succeeded, type Refresh, sentNewest } from './refreshes.ts';
import { TOKEN_LOST } from './token-state.ts';

export default defineCheck({
  id: 'RTR-12',
  suite: 'rtr',
  level: 'SHOULD',
  title: 'Refresh tokens are sent back unchanged, whatever their format',
  failure: 'A refresh token is truncated, changed or badly encoded',
  why: 'Tokens are opaque: their length and characters may change at any time. Then a database column of 255 characters or a missing form-encoding breaks the client.',
  remedy:
    'Store tokens in a text column of unlimited length, and build the form with a library that encodes it (`new URLSearchParams({ refresh_token })`).',
  references: ['RFC 6749 Appendix A.17', 'RFC 6749 Appendix B'],
  scenarios: ['odd-tokens'],
  untested: 'Let the client refresh with tokens of 1 to 2,000 characters.',
  relies: ['chain-kept', 'refresh-survived'],
  judge: (scenario) => {
    const { refreshes } = scenario;
    const given = refreshes.filter(succeeded);
    const stuck = refreshes.length < 5 ? stuckAt(scenario, given.at(-1)) : undefined;
    if (stuck !== undefined) return stuck;
    if (given.length === 0 || refreshes.length < 2) return undefined;
    const bad = refreshes.find((refresh) => !sentNewest(refresh));
    if (bad !== undefined) {
      const giving = given.findLast(({ seq }) => seq < bad.seq);
      const before = giving?.response?.issued?.refreshToken;
      const sent = bad.facts.refreshToken?.length ?? 0;
      const older = typeof bad.facts.refreshToken?.family === 'string';
      return fail(
        `A refresh token of ${howMany(before?.length ?? 0, 'character')} was issued, and the next refresh sent ${sentToken(bad)}${older ? '' : `, ${howMany(sent, 'character')}`}.`,
        [bad.seq, ...(giving === undefined ? [] : [giving.seq])],
        {
          diagnosis:
            before === undefined
              ? undefined
              : why(
                  older,
                  sent < before.length,
                  given.some((answer) => cameBack(answer, before.length, refreshes)),
                ),
          // An older token shows that the newer one was lost, which can happen to tokens in any format.
          broken: older ? TOKEN_LOST : undefined,
        },
      );
    }
    return refreshes.length >= 5
      ? pass(
          'Refresh tokens of 1 to 2,000 characters were sent back unchanged.',
          refreshes.map(({ seq }) => seq),
        )
      : inconclusive(
          `Only ${String(refreshes.length)} of 5 refreshes happened.`,
          refreshes.map(({ seq }) => seq),
        );
  },
});

/** Explains why a token other than the issued one was sent: an older one, or one that was never issued. `whole`: a token of that length
 * was sent back unchanged. */
function why(older: boolean, shorter: boolean, whole: boolean): string | undefined {
  if (older) {
    return whole
      ? 'The issued token was not stored, and an older one stayed in its place.'
      : 'The store did not accept a token of that length, and an older one stayed in its place.';
  }
  if (!shorter) return undefined;
  return whole
    ? 'An earlier token of that length was sent back unchanged: the form does not encode the characters of this one (`&`, `%`, `+`).'
    : 'The token was truncated when it was stored or read.';
}

/** Returns whether a refresh token of at least `length` characters from this answer was sent back unchanged. */
function cameBack({ response }: Refresh, length: number, refreshes: readonly Refresh[]): boolean {
  const token = response?.issued?.refreshToken;
  if (token === undefined || token.length < length) return false;
  return refreshes.some(({ facts }) => facts.refreshToken?.label === token.label && facts.refreshToken.head);
}

/** Returns the finding when the call ended with the last issued refresh token: it failed or was never answered, and nothing that came with
 * the token was used. */
function stuckAt(scenario: ScenarioHistory, last: Refresh | undefined): ReturnType<Check['judge']> {
  const issued = last?.response?.issued;
  if (last === undefined || issued?.refreshToken === undefined) return undefined;
  const since = <T extends { readonly seq: number }>(all: readonly T[]): readonly T[] =>
    all.filter(({ seq }) => seq > last.seq);
  const used = ({ facts }: ScenarioHistory['resources'][number]): boolean =>
    facts.accessToken?.label === issued.accessToken?.label;
  if (since(scenario.refreshes).length > 0 || since(scenario.resources).some(used)) return undefined;
  const action = scenario.actions.findLast(({ seq }) => seq < last.seq);
  const end = action?.end;
  if (end === undefined || end.seq < last.seq || end.result === 'ok') return undefined;
  const length = String(issued.refreshToken.length);
  const how = end.result === 'timed-out' ? 'its call was never answered' : 'its call failed';
  return fail(
    `A token response with a refresh token of ${length} characters was not accepted: ${how}.`,
    [last.seq, end.seq],
    {
      diagnosis:
        'The code that reads the response or stores the token does not support that length or those characters.',
    },
  );
}

/** Implements the matchers of the test frameworks, the same for Vitest and Playwright. */
import type { Finding } from './grade.ts';
import type { RecordedExchange } from './exchanges.ts';
import type { SalesforceMock } from './mock.ts';

/** What a matcher returns to its framework. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const PASSED: ReadonlySet<string> = new Set(['pass', 'info', 'review']);
/** Columns of a terminal. */
const WIDTH = 80;
const MOST = 8;

/** Passes when the check passes. A check that was not exercised does not pass. */
export async function toPassCheck(salesforce: SalesforceMock, id: string): Promise<MatcherResult> {
  const [finding] = await salesforce.grade([id]);
  if (finding === undefined) throw new TypeError('grade() answers each id.');
  return {
    pass: PASSED.has(finding.verdict),
    message: () => describe(finding, salesforce.exchanges()),
  };
}

/** Passes when exactly one refresh was sent since the start or the last `reset`. */
export function toHaveRefreshedOnce(salesforce: SalesforceMock): MatcherResult {
  const refreshes = salesforce.exchanges({ grantType: 'refresh_token' });
  return {
    pass: refreshes.length === 1,
    message: () =>
      [
        `Expected: 1 refresh`,
        `Received: ${count(refreshes.length, 'refresh', 'refreshes')}`,
        '',
        ...lines(refreshes),
      ].join('\n'),
  };
}

/** Passes when no check of level MUST or SHOULD failed or warned; what was not exercised does not count. */
export async function toBeCompliantSoFar(salesforce: SalesforceMock): Promise<MatcherResult> {
  const findings = await salesforce.grade();
  const wrong = findings.filter(({ verdict }) => verdict === 'fail');
  const exchanges = salesforce.exchanges();
  return {
    pass: wrong.length === 0,
    message: () =>
      wrong.length === 0
        ? 'Expected a check to fail; none did.'
        : wrong.map((finding) => describe(finding, exchanges)).join('\n\n'),
  };
}

function describe({ id, verdict, message, fix, evidence }: Finding, exchanges: readonly RecordedExchange[]): string {
  const cited = new Set(evidence);
  const shown = exchanges.filter(({ seq }) => cited.has(seq));
  return [
    wrap(`${id}: ${verdict}`),
    `Expected: pass`,
    wrap(`Received: ${verdict}. ${message}`),
    ...(verdict === 'inconclusive' ? [] : [wrap(`Fix: ${fix}`)]),
    ...(shown.length === 0 ? [] : ['', ...lines(shown)]),
  ].join('\n');
}

function lines(exchanges: readonly RecordedExchange[]): readonly string[] {
  const shown = exchanges.slice(0, MOST).map(({ seq, method, path, refreshToken, status, error }) => {
    const token = refreshToken === undefined ? '' : ` with ${refreshToken}`;
    const answer = `${String(status ?? 'no answer')}${error === undefined ? '' : ` ${error}`}`;
    return `  ${wrap(`#${String(seq)} ${method} ${path}${token} → ${answer}`)}`;
  });
  const more = exchanges.length - shown.length;
  return more > 0 ? [...shown, `  and ${count(more, 'more exchange', 'more exchanges')}`] : shown;
}

const count = (number: number, one: string, many: string): string => `${String(number)} ${number === 1 ? one : many}`;

/** Breaks a text at words, so that it fits a terminal. */
function wrap(text: string): string {
  let line = '';
  const out: string[] = [];
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length > WIDTH - 3) {
      out.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...out, line].join('\n');
}

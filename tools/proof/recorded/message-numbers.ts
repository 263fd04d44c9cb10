/** Recomputes the numbers of messages from the events that a finding cites, independently of the checks that wrote them. */
import { FAULTS } from '../../../suites/soak/operations.ts';
import {
  type Cited,
  answeredWith,
  atOnce,
  callsAround,
  carrying,
  citedRequests,
  daysPassed,
  ends,
  gaps,
  inStorm,
  measured,
  modes,
  ofKind,
  operations,
  pairs,
  phasesNamed,
  places,
  rotations,
  sentValues,
  statuses,
  tokenRequests,
} from './cited.ts';

/** A number of a message and what it should be; several where more than one reading is right. */
interface Rule {
  readonly pattern: RegExp;
  readonly expected: (cited: Cited) => readonly number[];
}

const SCHEDULES = 46;
/** What contains digits and is no number of the recording. */
const NAMES =
  /(?:RT|AT|CODE|F|VERIFIER|STATE|VALUE|CHALLENGE|NONCE|IDTOKEN|SECRET)#\d+|[Ss]256|SHA-\d+|base64(?:url)?|https?:\/\/\S+|\/[a-z][\w./-]+|\[::1\]|127\.0\.0\.1|0–9|\bU\d\b|"[^"]*"|\bI[1-8]\b|Retry-After: \d+|seed \d+/gu;

const RULES: readonly Rule[] = [
  {
    pattern: /(\d+) requests? (?:carried a DPoP|answered use_dpop_nonce)/u,
    expected: (cited) => [citedRequests(cited).length],
  },
  { pattern: /(\d+) further logins?/u, expected: (cited) => [ofKind(cited, 'authorize')] },
  { pattern: /the session of (\d+) request/u, expected: (cited) => [answeredWith(cited, [401])] },
  {
    pattern: /answered (\d+) requests? with success/u,
    expected: (cited) => [answeredWith(cited, [200, 201, 204, 304])],
  },
  {
    pattern: /at least (\d+) of the calls/u,
    expected: (cited) => [answeredWith(cited, [401]) - answeredWith(cited, [200, 201, 204, 304])],
  },
  { pattern: /Only (\d+) of/u, expected: (cited) => [tokenRequests(cited)] },
  { pattern: /of (\d+) refreshes happened/u, expected: () => [5] },
  { pattern: /lease (?:is|of) (\d+) ms/u, expected: ({ app }) => [app.leaseMs ?? 0] },
  {
    pattern: /(\d+) calls? after the rejection/u,
    expected: (cited) => [inStorm(cited, (event) => event.kind === 'verb-begin' && event.name === 'call')],
  },
  {
    pattern: /after the rejection led to (\d+) token/u,
    expected: (cited) => [inStorm(cited, (event) => event.kind === 'request' && event.facts.kind === 'token')],
  },
  { pattern: /at most (\d+) were/u, expected: () => [3] },
  { pattern: /Over (\d+) days/u, expected: daysPassed },
  { pattern: /the (\d+) days of the idle limit/u, expected: () => [30] },
  { pattern: /(\d+) values? compared/u, expected: (cited) => [sentValues(cited)] },
  { pattern: /Refresh (\d+) sent/u, expected: places },
  {
    pattern: /Of (\d+) concurrent logins|logins (\d+) codes/u,
    expected: (cited) => [ofKind(cited, 'authorize'), tokenRequests(cited)],
  },
  { pattern: /Each of (\d+) errors/u, expected: (cited) => [tokenRequests(cited)] },
  {
    pattern: /(\d+) of \d+ API calls? carried|(\d+) API calls? carried/u,
    expected: (cited) => [ofKind(cited, 'resource')],
  },
  { pattern: /(\d+) requests? to other endpoints/u, expected: (cited) => [citedRequests(cited).length] },
  { pattern: /\(mode (\d+)\)/u, expected: modes },
  { pattern: /(\d+) operations/u, expected: (cited) => [operations(cited).length] },
  {
    pattern: /[Ii]n (\d+) of \d+ schedules|of (\d+) schedules/u,
    expected: (cited) => [phasesNamed(cited, 'schedule'), SCHEDULES],
  },
  { pattern: /call usually sends (\d+) request/u, expected: () => [1] },
  { pattern: /(\d+) of \d+ ordered pairs/u, expected: (cited) => [pairs(cited)] },
  { pattern: /of (\d+) ordered pairs/u, expected: () => [FAULTS.length ** 2] },
  { pattern: /After (\d+) rotations?/u, expected: (cited) => [rotations(cited)] },
  { pattern: /\(mode (\d+)\); |; (600) was expected/u, expected: (cited) => [600, ...modes(cited)] },
  { pattern: /(\d+) requests? (?:is|are) committed|order (\d)|, (\d)(?=[ ,.])/u, expected: () => [1, 2, 3] },
  { pattern: /(\d+) requests at the same time/u, expected: (cited) => [atOnce(cited)] },
  {
    pattern: /(\d+) (?:different, unguessable states?|authorization (?:requests?|URLs?)|code_challenges)\b/u,
    expected: (cited) => [ofKind(cited, 'authorize')],
  },
  { pattern: /started over (\d+) times/u, expected: (cited) => [ofKind(cited, 'authorize') - 1] },
  {
    pattern: /(?:used for |^)(\d+) logins\b/u,
    expected: (cited) => [ofKind(cited, 'authorize'), tokenRequests(cited)],
  },
  {
    pattern: /(\d+) different challenges/u,
    expected: (cited) => [
      new Set(
        citedRequests(cited).map(({ facts }) => (facts.kind === 'authorize' ? facts.challenge?.label : undefined)),
      ).size,
    ],
  },
  { pattern: /(\d+) more token requests/u, expected: (cited) => [tokenRequests(cited) - 1] },
  {
    pattern: /(\d+) (?:code exchanges?|token requests?|codes|code_verifiers?)\b/u,
    expected: (cited) => [tokenRequests(cited)],
  },
  {
    pattern: /(\d+) (?:more )?refresh(?:es)?\b/u,
    expected: (cited) => [tokenRequests(cited), tokenRequests(cited) - 1],
  },
  { pattern: /(\d+) more times?/u, expected: (cited) => [carrying(cited).length - 1] },
  { pattern: /·+ was sent (\d+) times/u, expected: (cited) => [carrying(cited).length] },
  { pattern: /twice led to (\d+) token/u, expected: (cited) => [tokenRequests(cited)] },
  { pattern: /access tokens were sent (\d+) times/u, expected: (cited) => [ofKind(cited, 'resource')] },
  {
    pattern: /(\d+) (?:API calls? (?:went|after|were)|requests? of concurrent)/u,
    expected: (cited) => [ofKind(cited, 'resource')],
  },
  {
    pattern: /(\d+) of \d+ calls? (?:failed|(?:was|were) never)/u,
    expected: (cited) => [ends(cited).filter(({ result }) => result !== 'ok').length],
  },
  { pattern: /: (\d+) calls? failed/u, expected: (cited) => [ends(cited).length] },
  {
    pattern: /(\d+) concurrent calls? succeeded/u,
    expected: (cited) => [ends(cited).filter(({ result }) => result === 'ok').length],
  },
  { pattern: /(\d+) calls?\b/u, expected: (cited) => [callsAround(cited)] },
  { pattern: /rotation (\d+)\b/u, expected: (cited) => measured(cited) },
  {
    pattern: /(\d+) ms\b/u,
    expected: (cited) => [100, 1_000, cited.run.holdMs, cited.run.quietMs, ...gaps(cited).map(Math.round)],
  },
  {
    pattern:
      /(\d[\d,]*) (?:characters?|different characters|bits|random bits)\b|(\d+) to [\d,]+ (?:characters|were)|to (\d+) were/u,
    expected: (cited) => [43, 128, ...measured(cited)],
  },
  { pattern: /\b([2-5]\d\d)\b/u, expected: statuses },
];

/** Returns what is wrong with the numbers of a message: not what the evidence shows, or explained by no rule. */
export function wrongNumbers(cited: Cited): readonly string[] {
  let text = (cited.verdict.message ?? '').replace(NAMES, (name) => '·'.repeat(name.length));
  const wrong: string[] = [];
  for (const { pattern, expected } of RULES) {
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const digits = (match.slice(1) as (string | undefined)[]).find((group) => group !== undefined) ?? '';
      const number = Number(digits.replaceAll(',', ''));
      const right = expected(cited);
      if (!right.some((one) => Math.abs(one - number) <= (/ ms\b/u.test(match[0]) ? 1 : 0))) {
        wrong.push(`“${match[0]}” where the evidence shows ${[...new Set(right)].slice(0, 6).join(' or ')}`);
      }
      const at = match.index + match[0].indexOf(digits);
      text = `${text.slice(0, at)}${'·'.repeat(digits.length)}${text.slice(at + digits.length)}`;
    }
  }
  for (const [left] of text.matchAll(/\d+/gu)) wrong.push(`${left} is explained by no rule`);
  return wrong;
}

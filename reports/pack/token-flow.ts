/** Renders `token-flow.md`: the requests of one login, one refresh and the API, as recorded. Pure. */
import type { Report } from '../../src/grade/report.ts';
import type { EventOf } from '../../src/history/event.ts';
import type { Trail, TrailExchange } from '../evidence/trail.ts';
import { inline } from '../text/markdown.ts';
import { count, sequence } from '../text/words.ts';

/** Returns the page; parts that the run did not record are named as missing. */
export function tokenFlowPage(report: Report, trail: Trail): string {
  const exchanges = [...trail.scenarios.values()].flatMap((scenario) => scenario.exchanges);
  const parts = [
    '# Token flow',
    `What ${inline(report.app.name, 120)} sent in this run. Values of tokens, codes and secrets were never written down; labels such as RT#1 stand for them.`,
    ...part('Authorization request', exchanges.find(isKind('authorize')), authorization),
    ...part(
      'Code exchange',
      exchanges.find((one) => grantOf(one) === 'authorization_code' && one.response?.status === 200),
      tokenRequest,
    ),
    ...part(
      'Refresh',
      exchanges.find((one) => grantOf(one) === 'refresh_token' && one.response?.status === 200),
      tokenRequest,
    ),
    ...part('API request', exchanges.find(isKind('resource')), apiRequest),
    ...part('Revocation', exchanges.find(isKind('revoke')), revocation),
    '## Counted over the run',
    totals(exchanges),
  ];
  return `${parts.join('\n\n')}\n`;
}

type Kind = EventOf<'request'>['facts']['kind'];

const isKind =
  (kind: Kind) =>
  ({ request }: TrailExchange): boolean =>
    request.facts.kind === kind;

function grantOf({ request: { facts } }: TrailExchange): string | undefined {
  return facts.kind === 'token' ? (facts.grantType ?? undefined) : undefined;
}

function part(
  name: string,
  seen: TrailExchange | undefined,
  describe: (one: TrailExchange) => readonly string[],
): readonly string[] {
  const heading = `## ${name}`;
  if (seen === undefined) return [heading, 'Not seen in this run.'];
  const { seq, method, path } = seen.request;
  const lines = [`${inline(method, 20)} ${inline(path, 200)} (event ${String(seq)})`, ...describe(seen)];
  return [heading, lines.map((line) => `- ${line}`).join('\n')];
}

function authorization({ request }: TrailExchange): readonly string[] {
  const { facts } = request;
  if (facts.kind !== 'authorize') return [];
  return [
    `Parameters: ${names(request.query)}`,
    facts.challenge === null
      ? 'PKCE: no `code_challenge`'
      : `PKCE: \`code_challenge\` of ${count(facts.challenge.length, 'character')}, method ${inline(facts.method ?? 'absent')}`,
    facts.state === null ? 'No `state`' : `\`state\` with about ${String(Math.round(facts.state.entropyBits))} bits`,
    `Scopes: ${facts.scopes.map((scope) => inline(scope, 60)).join(', ') || 'none named'}`,
  ];
}

function tokenRequest({ request, response, rotation }: TrailExchange): readonly string[] {
  const { facts } = request;
  if (facts.kind !== 'token') return [];
  const { auth, verifier, refreshToken } = facts;
  const secret = [
    auth.body === 'valid' ? 'in the body' : undefined,
    auth.basic === 'valid' ? 'as HTTP Basic' : undefined,
    auth.query === 'valid' ? 'in the URL' : undefined,
  ].filter((place) => place !== undefined);
  const issued = response?.issued?.refreshToken;
  return [
    `Body parameters: ${names(request.body)}`,
    secret.length === 0 ? 'No client secret' : `Client secret ${sequence(secret)}`,
    ...(verifier === null ? [] : [`\`code_verifier\` of ${count(verifier.length, 'character')}`]),
    ...(refreshToken === null ? [] : [`Sends ${refreshToken.label}`]),
    ...(issued === undefined
      ? []
      : [`The answer issues ${issued.label}${rotation === undefined ? '' : ', which replaces the one that was sent'}`]),
  ];
}

function apiRequest({ request: { facts, host } }: TrailExchange): readonly string[] {
  return facts.kind === 'resource' ? [`Access token in the ${facts.tokenIn}`, `Host: the ${host}`] : [];
}

function revocation({ request: { facts } }: TrailExchange): readonly string[] {
  return facts.kind === 'revoke' ? [`Token in the ${facts.tokenIn}`] : [];
}

function totals(exchanges: readonly TrailExchange[]): string {
  const own = exchanges.filter(({ request }) => !request.browser);
  const of = (match: (one: TrailExchange) => boolean): number => own.filter(match).length;
  return [
    `- ${count(
      of((one) => grantOf(one) === 'authorization_code'),
      'code exchange',
    )}`,
    `- ${count(
      of((one) => grantOf(one) === 'refresh_token'),
      'refresh',
      'refreshes',
    )}`,
    `- ${count(of(isKind('resource')), 'API request')}`,
    `- ${count(of(isKind('revoke')), 'revocation')}`,
  ].join('\n');
}

function names(parameters: EventOf<'request'>['query']): string {
  return parameters.map(({ name }) => inline(name, 60)).join(', ') || 'none';
}

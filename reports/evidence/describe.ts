/** Describes one event in a few words for lists, links and diagrams. The text may contain client input: escape it. */
import type { Event, EventOf } from '../../src/history/event.ts';
import { oneLine } from '../text/printable.ts';
import type { TrailExchange } from './trail.ts';

/** Describes a request in a few words: `refresh RT#20`, `redeem CODE#4`, `GET /services/data/v64.0/…`. */
export function describeRequest(request: EventOf<'request'>): string {
  const { facts } = request;
  const method = oneLine(request.method, 16);
  if (facts.kind === 'token') {
    if (facts.refreshToken !== null) return `refresh ${facts.refreshToken.label}`;
    if (facts.code !== null) return `redeem ${facts.code.label}`;
    return `${method} token ${oneLine(facts.grantType ?? 'without grant_type', 40)}`;
  }
  if (facts.kind === 'revoke') return `revoke ${facts.refreshToken?.label ?? facts.accessToken?.label ?? 'nothing'}`;
  if (facts.kind === 'authorize') return `authorize ${facts.challenge?.label ?? 'without challenge'}`;
  return `${method} ${oneLine(request.path, 120)}`;
}

/** Describes a response in a few words: `200 RT#21`, `400 invalid_grant`, `no answer`. */
export function describeAnswer({ response, rotation }: Pick<TrailExchange, 'response' | 'rotation'>): string {
  if (response === undefined) return 'never answered';
  const tokens = [response.issued?.code, response.issued?.refreshToken].flatMap((token) =>
    token === undefined ? [] : [token.label],
  );
  const decision = rotation === undefined || rotation.outcome === 'rotated' ? [] : [`(${rotation.outcome})`];
  const cut = response.delivered === 'complete' ? [] : [`[${response.delivered}]`];
  return [
    String(response.status),
    ...tokens,
    ...(response.error === undefined ? [] : [oneLine(response.error, 60)]),
    ...decision,
    ...cut,
  ].join(' ');
}

/** Describes an event that is not an exchange; one line of at most 600 characters. */
export function describeEvent(event: Event): string {
  return oneLine(wording(event), 600);
}

function wording(event: Event): string {
  switch (event.kind) {
    case 'verb-begin':
      return `asked ${event.process} to ${event.name}`;
    case 'verb-end': {
      const notes = [
        event.status === undefined ? '' : ` ${String(event.status)}`,
        event.reauthorize === true ? ', asks to connect again' : '',
      ];
      return `${event.process} answered ${event.name}: ${event.result}${notes.join('')}${event.error === undefined ? '' : `: ${oneLine(event.error, 300)}`}`;
    }
    case 'process-begin':
      return `${event.process} was started`;
    case 'process-end':
      return `${event.process} ended ${event.signal === null ? `with code ${String(event.code)}` : `by ${event.signal}`}${event.expected ? '' : ', unexpectedly'}`;
    case 'output':
      return `${event.process} wrote to ${event.stream}${event.leaked.length === 0 ? '' : `, with ${event.leaked.slice(0, 8).join(', ')} in it`}`;
    case 'visit':
      return `browser of ${event.user}: ${event.step} ${oneLine(event.url, 160)}${event.tampered === undefined ? '' : ` (${event.tampered})`}${event.status === undefined ? '' : ` ${String(event.status)}`}`;
    case 'storage':
      return `storage of ${event.user}: ${event.entries.length === 0 ? 'no entry holds a token' : event.entries.map(({ area, name, holds }) => `${area} ${oneLine(name, 60)} holds ${holds.slice(0, 8).join(', ')}`).join('; ')}`;
    case 'state':
      return `state folder of ${event.user}: ${event.files.length === 0 ? 'empty' : event.files.map(({ name, mode, holds }) => `${oneLine(name, 60)}${mode === undefined ? '' : ` (${mode})`}${holds.length === 0 ? '' : ` holds ${holds.slice(0, 8).join(', ')}`}`).join('; ')}`;
    case 'family':
      return `family ${event.family} ${event.change}${event.reason === undefined ? '' : `: ${event.reason}`}`;
    case 'control':
      return `mock: ${event.action.replaceAll('-', ' ')}${event.family === undefined ? '' : ` ${event.family}`}${event.detail === undefined ? '' : `, ${oneLine(event.detail, 160)}`}`;
    case 'gate':
      return `gate ${event.gate} ${event.action}`;
    case 'fault':
      return `fault ${event.fault} ${event.action}`;
    case 'phase':
      return `phase ${event.phase}${event.detail === undefined ? '' : `: ${oneLine(plain(event.detail), 160)}`}`;
    case 'settings':
      return 'settings were read from metadata';
    case 'probe':
      return `probe of the org, ${event.question.replaceAll('-', ' ')}: ${event.result.replaceAll('-', ' ')}`;
    case 'note':
      return oneLine(event.text, 300);
    case 'request':
      return describeRequest(event);
    case 'response':
      return `answer ${describeAnswer({ response: event, rotation: undefined })}`;
    case 'rotation':
      return `${event.presented.label}: ${event.outcome}`;
    case 'scenario-begin':
      return `scenario ${event.scenario} begins`;
    case 'scenario-end':
      return `scenario ${event.scenario}: ${event.outcome}`;
    case 'run-begin':
      return 'the run begins';
    case 'run-end':
      return `the run ends: ${event.outcome}`;
  }
}

/** Writes a flat JSON object in words: `contenders 2, commit 0 1`. Returns other text unchanged. */
function plain(detail: string): string {
  if (!detail.startsWith('{')) return detail;
  try {
    const fields = Object.entries(JSON.parse(detail) as Record<string, unknown>);
    return fields
      .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(' ') : String(value)}`)
      .join(', ');
  } catch {
    return detail;
  }
}

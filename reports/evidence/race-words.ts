/** Abbreviates the requests of a race and their answers for pictures. */
import { describeRequest } from './describe.ts';
import type { TrailExchange } from './trail.ts';

/** Reason of a refused refresh in one or two words. */
const REASONS: Readonly<Record<string, string>> = { 'in-flight': 'in use', reuse: 'reuse', dead: 'revoked' };

/** Describes a request in a few words: `refresh RT#12`, `API call`. */
export function asked({ request }: TrailExchange): string {
  return request.facts.kind === 'token' || request.facts.kind === 'revoke' ? describeRequest(request) : 'API call';
}

/** Describes its answer in a few words: `200 RT#13`, `400 reuse`. */
export function answered({ response, rotation }: TrailExchange): string {
  if (response === undefined) return 'no answer';
  if (response.delivered !== 'complete') return `${String(response.status)} ${response.delivered}`;
  const token = response.issued?.refreshToken?.label;
  const reason = rotation === undefined || rotation.outcome === 'rotated' ? undefined : REASONS[rotation.outcome];
  return [String(response.status), token ?? reason].filter((part) => part !== undefined).join(' ');
}

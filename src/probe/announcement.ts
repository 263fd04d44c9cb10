/** Words the messages of the probe: before it sends, and at the end. */
import { oneLine } from '../../reports/text/printable.ts';
import type { Conclusion } from './conclusion.ts';
import type { ProbeRequest, ProbeTarget } from './plan.ts';

/** Describes the requests that will be sent, and to which server. */
export function announcement({ loginUrl, clientId, redirectUri }: ProbeTarget, plan: readonly ProbeRequest[]): string {
  return [
    `This will send ${String(plan.length)} requests to ${loginUrl} and to no other host:`,
    ...plan.map(
      ({ method, url, purpose }, index) => `  ${String(index + 1)}. ${method} ${new URL(url).pathname}: ${purpose}`,
    ),
    `They carry the client id ${oneLine(clientId, 12)} and ${redirectUri === undefined ? 'no redirect URI' : `the redirect URI ${oneLine(redirectUri, 200)}`}, no secret, no user and no real code. Redirects are not followed.`,
    '',
  ].join('\n');
}

const MARKS = { refused: '✓ Refused', 'not-refused': '✕ Not refused', unknown: '? Cannot be determined' } as const;

/** Describes the conclusions, for a terminal. */
export function probeText({ loginUrl }: ProbeTarget, conclusions: readonly Conclusion[], exit: 0 | 1 | 3): string {
  const verdict = {
    0: 'The app refuses an authorization request without a challenge: PKCE is required.',
    1: 'Something was let through that the partner rule wants refused.',
    3: 'It cannot be determined from outside whether the app requires PKCE.',
  }[exit];
  return [
    `Probe of ${loginUrl}`,
    '',
    ...conclusions.flatMap(({ asked, result, concluded, open }) => [
      `${asked}  ${MARKS[result]}`,
      `    Concluded: ${concluded}`,
      ...(open === '' ? [] : [`    Not concluded: ${open}`]),
      '',
    ]),
    `${verdict} Rotation cannot be seen without a user.`,
    '',
  ].join('\n');
}

/** Describes a race in a few sentences: what happened, and what was expected instead. */
import { sequence } from '../text/words.ts';
import type { Race } from './race.ts';
import type { TrailExchange } from './trail.ts';

/** Returns sentences about a race. */
export function raceStory(race: Race): readonly string[] {
  const { label, overlapping, lanes } = race;
  const n = overlapping.length;
  const refused = lanes.filter(({ exchanges: [first] }) => first?.response?.status === 401).length;
  const all = n === 2 ? 'both' : `all ${String(n)}`;
  const began =
    refused === Math.min(n, lanes.length)
      ? `${n === 2 ? 'Both' : `All ${String(n)}`} calls got a 401, and ${all} refreshed with ${label}.`
      : `${String(n)} requests refreshed with ${label} at the same time.`;
  return [began, `${capital(sequence(outcomes(race)))}.`, 'Expected: one refresh; the others wait for it.'];
}

/** Returns who got tokens, who was refused, and what followed. */
function outcomes({ label, overlapping, lanes, revoked }: Race): readonly string[] {
  const winners = overlapping.filter(succeeded);
  const losers = overlapping.length - winners.length;
  const retried = lanes.some(({ exchanges }) =>
    exchanges.some((one) => one.rotation?.outcome === 'reuse' && !overlapping.includes(one)),
  );
  return [
    ...(winners.length === 1 ? [`one got ${labelOf(winners[0])}`] : []),
    ...(winners.length > 1 ? [`${String(winners.length)} got new tokens (${winners.map(labelOf).join(', ')})`] : []),
    ...(losers === 0 ? [] : [losers === 1 ? 'the other was refused' : `the other ${String(losers)} were refused`]),
    ...(retried ? [`a retry with ${label} counted as theft (reuse)`] : []),
    ...(revoked === undefined ? [] : ['the token family was revoked']),
  ];
}

const succeeded = ({ response }: TrailExchange): boolean => response?.issued?.refreshToken !== undefined;

const labelOf = (exchange: TrailExchange | undefined): string => exchange?.response?.issued?.refreshToken?.label ?? '';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

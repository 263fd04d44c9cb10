/** Reads the refreshes of concurrent calls: which token each sent, and which of them overlapped. */
import { succeeded, type Refresh } from '../rtr/refreshes.ts';

/** Groups refreshes by the refresh token they sent; each group is in order of arrival. */
export function byRefreshToken(refreshes: readonly Refresh[]): readonly (readonly Refresh[])[] {
  const known = refreshes.filter(({ facts }) => facts.refreshToken !== null);
  return [...Map.groupBy(known, ({ facts }) => facts.refreshToken?.label ?? '').values()];
}

/** Returns two refreshes that were open at the same time; undefined when none were. */
export function overlapping(group: readonly Refresh[]): readonly [Refresh, Refresh] | undefined {
  for (const [index, later] of group.entries()) {
    const earlier = group.slice(0, index).find(({ endedAt }) => endedAt > later.begunAt);
    if (earlier !== undefined) return [earlier, later];
  }
  return undefined;
}

/** Returns the largest set of refreshes that were open at the same moment, in order of arrival; a single one when none overlapped. */
export function mostAtOnce(group: readonly Refresh[]): readonly Refresh[] {
  const moments = group.map(({ begunAt: at }) => group.filter(({ begunAt, endedAt }) => begunAt <= at && endedAt > at));
  return moments.reduce((most, open) => (open.length > most.length ? open : most), group.slice(0, 1));
}

/** Returns pairs of refreshes with the same token: one whose answer delivered the new token, and a later one that sent the old token
 * again. */
export function afterSuccess(group: readonly Refresh[]): readonly (readonly [Refresh, Refresh])[] {
  return group.flatMap((later, index) =>
    group
      .slice(0, index)
      .filter(
        (one) => succeeded(one) && one.response?.issued?.refreshToken !== undefined && one.endedAt <= later.begunAt,
      )
      .map((earlier) => [earlier, later] as const),
  );
}

/** Explains concurrent calls that failed although no two refreshes overlapped: one token was sent several times in sequence. */
export function reuseInTurn(refreshes: readonly Refresh[]): string | undefined {
  const group = byRefreshToken(refreshes).find((one) => afterSuccess(one).length > 0 && overlapping(one) === undefined);
  return group === undefined
    ? undefined
    : `${group[0]?.facts.refreshToken?.label ?? 'A refresh token'} was sent ${String(group.length)} times, one after the other: the first request used it up, and the next one revoked the whole token family.`;
}

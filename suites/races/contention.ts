/** What concurrent calls did: presentations of each refresh token, and whether they overlapped. */
import { succeeded, type Refresh } from '../rtr/refreshes.ts';

/** All presentations of one refresh token, in order of arrival. */
export function presentations(refreshes: readonly Refresh[]): readonly (readonly Refresh[])[] {
  const known = refreshes.filter(({ facts }) => facts.refreshToken !== null);
  return [...Map.groupBy(known, ({ facts }) => facts.refreshToken?.label ?? '').values()];
}

/** Two of them were open at the same time. */
export function overlapping(group: readonly Refresh[]): readonly [Refresh, Refresh] | undefined {
  for (const [index, later] of group.entries()) {
    const earlier = group.slice(0, index).find(({ endedAt }) => endedAt > later.begunAt);
    if (earlier !== undefined) return [earlier, later];
  }
  return undefined;
}

/** The most of them that were open at one moment, in order of arrival: a single one when none overlapped another. */
export function mostAtOnce(group: readonly Refresh[]): readonly Refresh[] {
  const moments = group.map(({ begunAt: at }) => group.filter(({ begunAt, endedAt }) => begunAt <= at && endedAt > at));
  return moments.reduce((most, open) => (open.length > most.length ? open : most), group.slice(0, 1));
}

/** Each presentation that began after an answer with the successor had been delivered, behind the one that was answered so. */
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

/** Why a herd came to nothing although no two refreshes had one token at once: one came after the other with it. */
export function reuseInTurn(refreshes: readonly Refresh[]): string | undefined {
  const group = presentations(refreshes).find((one) => afterSuccess(one).length > 0 && overlapping(one) === undefined);
  return group === undefined
    ? undefined
    : `${group[0]?.facts.refreshToken?.label ?? 'A refresh token'} was presented ${String(group.length)} times, one after the other: after the first it was used up, and the next ended the whole token family.`;
}

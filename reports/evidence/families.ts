/** Reads token families as chains: which refresh token followed which, and which requests sent each. */
import type { EventOf } from '../../src/history/event.ts';
import type { ScenarioTrail } from './trail.ts';

/** One request that sent a refresh token of a family. */
export interface TokenUse {
  /** Event number of the request. */
  readonly seq: number;
  readonly exchange: number;
  readonly outcome: EventOf<'rotation'>['outcome'] | 'unanswered';
  /** Milliseconds since the run began. */
  readonly begunAt: number;
  readonly endedAt: number;
}

/** One refresh token of a family and the requests that sent it. */
export interface ChainLink {
  readonly label: string;
  readonly generation: number;
  readonly uses: readonly TokenUse[];
}

/** A token family, read by `familyChains` for the pictures of the report. */
export interface FamilyChain {
  readonly family: string;
  /** Ordered by generation. */
  readonly links: readonly ChainLink[];
  /** Why and when the family was revoked. */
  readonly revoked?: { readonly reason: string; readonly t: number };
  /** Whether one of its tokens was sent more than once. */
  readonly contested: boolean;
}

/** Returns the families whose refresh tokens were issued or sent in a scenario, in order of first use. */
export function familyChains(scenario: Pick<ScenarioTrail, 'exchanges' | 'others'>): readonly FamilyChain[] {
  const families = new Map<string, Map<string, { generation: number; uses: TokenUse[] }>>();
  const link = (family: string, label: string, generation: number): { generation: number; uses: TokenUse[] } => {
    const links = families.get(family) ?? new Map<string, { generation: number; uses: TokenUse[] }>();
    families.set(family, links);
    const found = links.get(label) ?? { generation, uses: [] };
    links.set(label, found);
    return found;
  };
  for (const { request, response, rotation, exchange, endedAt } of scenario.exchanges) {
    const sent = request.facts.kind === 'token' ? request.facts.refreshToken : null;
    if (typeof sent?.family === 'string')
      link(sent.family, sent.label, sent.generation).uses.push({
        seq: request.seq,
        exchange,
        outcome: rotation?.outcome ?? 'unanswered',
        begunAt: request.begunAt,
        endedAt,
      });
    const issued = response?.issued;
    if (issued?.refreshToken !== undefined && issued.family !== undefined)
      link(issued.family, issued.refreshToken.label, issued.generation ?? 0);
  }
  return [...families].map(([family, links]): FamilyChain => {
    const revoked = scenario.others.find(
      (event): event is EventOf<'family'> =>
        event.kind === 'family' && event.family === family && event.change === 'revoked',
    );
    const chain = [...links].map(([label, { generation, uses }]) => ({ label, generation, uses }));
    return {
      family,
      links: chain.toSorted((a, b) => a.generation - b.generation),
      contested: chain.some(({ uses }) => uses.length > 1),
      ...(revoked === undefined ? {} : { revoked: { reason: revoked.reason ?? 'unknown', t: revoked.t } }),
    };
  });
}

/** Lists what a run did not grade, in few words. */
import type { Report, ReportRequirement } from '../../src/grade/report.ts';

/** Names that fit into a sentence; other requirements use their title. */
const NAMES: Readonly<Record<string, string>> = {
  'SF-PKCE-ENABLED': 'PKCE enabled',
  'SF-RTR-ENABLED': 'RTR enabled',
  'SF-RTR-STORE': 'secure storage',
  'SF-ECA-FOR-NEW': 'External Client App',
  'SF-INCIDENT-REPORTING': 'incident reporting',
  'SF-IDLE-TTL': 'idle refresh tokens',
  'SF-IP-ALLOWLIST': 'IP allowlist',
};

/** Names the requirements that were neither graded nor attested by a person: `Not graded: PKCE enabled, RTR enabled.` Empty when there are none. */
export function notGradedSentence(requirements: readonly ReportRequirement[]): string {
  const open = requirements.filter(({ verdict }) => verdict === 'review').map(({ id, title }) => NAMES[id] ?? title);
  return open.length === 0 ? '' : `Not graded: ${open.join(', ')}.`;
}

/** Returns one sentence for each thing that was not graded; requirements with the same reason share one. */
export function notGradedLines({ requirements, notGraded }: Report): readonly string[] {
  const titled = new Map(requirements.map((requirement) => [requirement.title, requirement]));
  const reasons = new Map<string, string[]>();
  for (const text of notGraded) {
    const title = [...titled.keys()].find((one) => text.startsWith(`${one}: `));
    const reason = title === undefined ? text : text.slice(title.length + 2);
    const names = reasons.get(reason) ?? [];
    reasons.set(reason, title === undefined ? names : [...names, NAMES[titled.get(title)?.id ?? ''] ?? title]);
  }
  return [...reasons].map(([reason, names]) =>
    names.length === 0 ? reason : `${names.join(', ')}: ${lowered(reason)}`,
  );
}

/** Lowers the first letter of a reason for use after a colon, unless it begins with a name. */
const lowered = (text: string): string =>
  /^[A-Z][a-z]+\s/.test(text) && !/^(Salesforce|Spring)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

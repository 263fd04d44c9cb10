/** Renders `data-at-rest.md`: where the client kept tokens, as far as a run shows it. Pure. */
import type { Report } from '../../src/grade/report.ts';
import type { Trail } from '../evidence/trail.ts';
import { inline } from '../text/markdown.ts';
import { VERDICTS } from '../text/words.ts';

/** The requirement on secure storage. */
const STORE = 'SF-RTR-STORE';
/** Most files and storage entries that are listed one by one. */
const MOST = 50;

/** Returns what was declared, what was found in the client's state folder and in the browser, and the checks about it. */
export function dataAtRestPage(report: Report, trail: Trail): string {
  const requirement = report.requirements.find(({ id }) => id === STORE);
  const checks = report.checks.filter(({ id }) => requirement?.checks.includes(id));
  const parts = [
    '# Data at rest',
    `Declared persistence of tokens: ${trail.begin?.app.persistence ?? 'unknown'}.`,
    '## Found in the folder of the client',
    list(
      filesOf(trail),
      'No file with a token in plain text was found in `SF_STATE_DIR`. What the client keeps elsewhere, a run cannot see.',
    ),
    '## Found in the storage of the browser',
    list(entriesOf(trail), 'No entry with a token was found, or the client does not run in a browser.'),
    '## Checks',
    list(
      checks.map(
        ({ id, title, verdict, message }) =>
          `${id} (${VERDICTS[verdict].word.toLowerCase()}) ${inline(title)}: ${inline(message, 600)}`,
      ),
      'None was selected.',
    ),
    '## Statement of the partner',
    statement(requirement?.attestation),
  ];
  return `${parts.join('\n\n')}\n`;
}

function filesOf({ scenarios }: Trail): readonly string[] {
  const found = [...scenarios.values()].flatMap(({ others }) =>
    others.flatMap((event) => (event.kind === 'state' ? event.files : [])),
  );
  const holding = found.filter(({ holds }) => holds.length > 0);
  return unique(
    holding.map(({ name, mode, exposed }) => {
      const kinds = 'tokens in plain text';
      return `${inline(name, 128)}: ${kinds}, mode ${mode ?? 'unknown'}${exposed ? ', readable by other users of the machine' : ''}`;
    }),
  );
}

function entriesOf({ scenarios }: Trail): readonly string[] {
  const found = [...scenarios.values()].flatMap(({ others }) =>
    others.flatMap((event) => (event.kind === 'storage' ? event.entries : [])),
  );
  return unique(
    found
      .filter(({ holds }) => holds.length > 0)
      .map(({ area, name, httpOnly }) => `${area}: ${inline(name, 128)}${httpOnly === true ? ', HttpOnly' : ''}`),
  );
}

function statement(attestation: Report['requirements'][number]['attestation']): string {
  if (attestation === undefined)
    return `None. How tokens are encrypted, who can read them and for how long they are kept cannot be seen in network traffic: say it in \`attestations\` of the configuration, under \`${STORE}\`, and make this pack again.`;
  const { by, at, proof, until } = attestation;
  return `Attested by ${inline(by, 120)} on ${inline(at, 40)}, until ${inline(until, 40)}. Proof: ${inline(proof, 400)}`;
}

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)].slice(0, MOST);

const list = (lines: readonly string[], none: string): string =>
  lines.length === 0 ? none : lines.map((line) => `- ${line}`).join('\n');

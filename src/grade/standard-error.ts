/** Finds the cause of a failure in the client's standard error. Pure. */
import { stripVTControlCharacters } from 'node:util';
import type { Event, EventOf } from '../history/event.ts';
import type { ScenarioHistory } from '../history/query.ts';
import type { Finding } from './check.ts';
import { MOST_EVIDENCE } from './finding.ts';

/** Matches lines that report a failure, as systems, databases and languages write them. */
const FAILURE =
  /\b(?:error|fail(?:ed|ure|s)?|exception|panic|fatal|denied|refused|rejected|cannot|can(?:'|no)t|could ?n[o']t|unable|not (?:persisted|saved|stored|written)|read-?only|no space|locked|timed? ?out|E(?:ACCES|PERM|NOSPC|ROFS|IO|MFILE|NOENT|CONN\w+)|[A-Z]\w*(?:Error|Exception))\b/iu;
/** Matches lines that many clients print and that explain nothing. */
const NOISE = /\b(?:deprecat|Warning: Setting the NODE_TLS)/u;
/** Kinds of events that an action of the client causes. */
const OF_A_FLOW: readonly Event['kind'][] = ['request', 'response', 'verb-end', 'process-end'];
const MOST_CHARACTERS = 200;

/** Adds the line of standard error that names the cause to a failing finding: written during the action of the first evidence, or during
 * the action before it, where a token may have been lost. Returns the finding unchanged when there is none. */
export function withStandardError(finding: Finding, scenario: ScenarioHistory): Finding {
  const [decisive] = finding.evidence;
  const at = scenario.events.find(({ seq }) => seq === decisive);
  const bad = finding.verdict === 'fail' || finding.verdict === 'warn';
  if (!bad || decisive === undefined || !OF_A_FLOW.includes(at?.kind ?? 'note')) return finding;
  const begins = scenario.actions.filter(({ seq }) => seq <= decisive);
  const from = (begins.at(-2) ?? begins.at(-1))?.seq ?? 0;
  const to = begins.at(-1)?.end?.seq ?? Infinity;
  const written = scenario.of('output').filter(({ stream, seq }) => stream === 'stderr' && seq > from && seq <= to);
  // The last one before the evidence is nearest to the cause; otherwise the first one after it.
  const before = written.findLast((output) => output.seq < decisive && lineOf(output) !== undefined);
  const output = before ?? written.find((one) => lineOf(one) !== undefined);
  const line = output === undefined ? undefined : lineOf(output);
  if (output === undefined || line === undefined) return finding;
  const said = `The client wrote to standard error: “${line.slice(0, MOST_CHARACTERS)}”.`;
  return {
    ...finding,
    diagnosis: finding.diagnosis === undefined ? said : `${finding.diagnosis} ${said}`,
    evidence: [...finding.evidence.filter((seq) => seq !== output.seq).slice(0, MOST_EVIDENCE - 1), output.seq],
  };
}

/** Returns the first line that reports a failure, without escape sequences and control characters. */
function lineOf({ lines }: EventOf<'output'>): string | undefined {
  const found = lines.find((line) => FAILURE.test(line) && !NOISE.test(line));
  return found === undefined
    ? undefined
    : stripVTControlCharacters(found)
        .replace(/\p{Cc}/gu, '')
        .trim();
}

/** Writes `attestation.intoto.json`: the result of a run as an in-toto Statement (v1, predicate `test-result/v0.1`) in a DSSE envelope.
 * Its subjects are report.json and history.jsonl by SHA-256. `configuration` holds three digests: `configuration`, of the JSON of the
 * `run-begin` event without its envelope, signature, run id and start; `requirements`, of the JSON of the report's requirements as `[id,
 * rule, due]`; `tool`, of `name@version`. The tests are check ids. */
import { sign, verify, type KeyObject } from 'node:crypto';

import type { Report, Verdict } from '../../src/grade/report.ts';
import type { HistoryDigest } from '../../src/history/chain.ts';
import type { Event } from '../../src/history/event.ts';
import { publicKeyOf } from './signature.ts';
import { sha256 } from './statement.ts';

/** File name of the attestation in a run's folder. */
export const ATTESTATION_FILE = 'attestation.intoto.json';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://in-toto.io/attestation/test-result/v0.1';

/** The result of a run as an attestation states it. */
export interface AttestedRun {
  readonly report: Report;
  /** SHA-256 of report.json. */
  readonly reportDigest: string;
  readonly history: readonly Event[];
  readonly historyDigest: HistoryDigest;
}

/** Returns the text of an attestation, signed with `key`. Returns undefined when the predicate has no result for the run: it is
 * inconclusive, partial or interrupted. */
export function attest(run: AttestedRun, key: KeyObject): string | undefined {
  const result = testResult(run.report, run.history.at(-1));
  if (result === undefined) return undefined;
  const payload = Buffer.from(JSON.stringify(statementOf(run, result)));
  const keyid = sha256(Buffer.from(publicKeyOf(key), 'base64'));
  const sig = sign(null, preAuthenticationEncoding(PAYLOAD_TYPE, payload), key).toString('base64');
  const envelope = { payload: payload.toString('base64'), payloadType: PAYLOAD_TYPE, signatures: [{ keyid, sig }] };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** What the predicate can say of a run. */
export type TestResult = 'PASSED' | 'WARNED' | 'FAILED';

/** Returns the result of a run that ended with this event; undefined when none can say how it ended. */
export function testResult(report: Report, end: Event | undefined): TestResult | undefined {
  if (end?.kind !== 'run-end' || end.outcome !== 'completed') return undefined;
  if (report.verdict === 'non-compliant') return 'FAILED';
  if (report.verdict !== 'compliant') return undefined;
  return testsOf(report, ['warn', 'review']).length === 0 ? 'PASSED' : 'WARNED';
}

function testsOf({ checks }: Report, verdicts: readonly Verdict[]): readonly string[] {
  return checks.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
}

function statementOf({ report, reportDigest, history, historyDigest }: AttestedRun, result: TestResult) {
  const { name, version } = report.tool;
  const requirements = report.requirements.map(({ id, rule, due }) => [id, rule, due]);
  return {
    _type: STATEMENT_TYPE,
    subject: [
      { name: 'report.json', digest: { sha256: reportDigest } },
      { name: 'history.jsonl', digest: { sha256: historyDigest.sha256 } },
    ],
    predicateType: PREDICATE_TYPE,
    predicate: {
      result,
      configuration: [
        { name: 'configuration', digest: { sha256: sha256(configurationOf(history)) } },
        { name: 'requirements', digest: { sha256: sha256(JSON.stringify(requirements)) } },
        { name: 'tool', digest: { sha256: sha256(`${name}@${version}`) }, annotations: { name, version } },
      ],
      passedTests: testsOf(report, ['pass', 'info']),
      warnedTests: testsOf(report, ['warn', 'review']),
      failedTests: testsOf(report, ['fail']),
    },
  };
}

/** Returns the values that are equal for all runs with one configuration. */
function configurationOf([begin]: readonly Event[]): string {
  if (begin?.kind !== 'run-begin') return '';
  const { seq: _seq, t: _t, scenario: _scenario, prev: _prev, signature: _signature, run, ...rest } = begin;
  const { id: _id, startedAt: _startedAt, ...settings } = run;
  return JSON.stringify({ ...rest, run: settings });
}

/** Returns the bytes that a DSSE signature covers (DSSE v1, "PAE"). */
export function preAuthenticationEncoding(type: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${String(Buffer.byteLength(type))} ${type} ${String(payload.length)} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Returns the SHA-256 of each subject by name, or undefined when `key` did not sign the envelope or it holds no such statement. */
export function readAttestation(text: string, key: KeyObject): Readonly<Record<string, string>> | undefined {
  try {
    const { payload, payloadType, signatures } = JSON.parse(text) as Envelope;
    const bytes = Buffer.from(payload, 'base64');
    const signed = preAuthenticationEncoding(payloadType, bytes);
    if (payloadType !== PAYLOAD_TYPE) return undefined;
    if (!signatures.some(({ sig }) => verify(null, signed, key, Buffer.from(sig, 'base64')))) return undefined;
    const statement = JSON.parse(bytes.toString('utf8')) as ReturnType<typeof statementOf>;
    if (statement._type !== STATEMENT_TYPE || statement.predicateType !== PREDICATE_TYPE) return undefined;
    return Object.fromEntries(statement.subject.map(({ name, digest }) => [name, digest.sha256]));
  } catch {
    return undefined;
  }
}

interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly sig: string }[];
}

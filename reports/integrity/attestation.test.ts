import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import type { Report } from '../../src/grade/report.ts';
import type { Event } from '../../src/history/event.ts';
import { sampleRun } from '../../test-kit/sample-run/sample-run.ts';
import { attest, preAuthenticationEncoding, readAttestation, type AttestedRun } from './attestation.ts';

const key = generateKeyPairSync('ed25519').privateKey;
const publicKey = createPublicKey(key);

function runOf(change: Partial<Report> = {}, outcome: 'completed' | 'interrupted' | 'none' = 'completed'): AttestedRun {
  const { report, history } = sampleRun();
  const events = history.filter(({ kind }) => kind !== 'run-end');
  const end = {
    seq: 99,
    t: 1,
    scenario: '',
    prev: '',
    kind: 'run-end',
    outcome: outcome === 'none' ? 'error' : outcome,
  } satisfies Event;
  return {
    report: { ...report, ...change },
    reportDigest: 'a'.repeat(64),
    history: outcome === 'none' ? events : [...events, end],
    historyDigest: { sha256: 'b'.repeat(64), lines: 1, last: 'c'.repeat(64) },
  };
}

const check = (id: string, verdict: Report['checks'][number]['verdict']): Report['checks'][number] => {
  const [first] = sampleRun().report.checks;
  if (first === undefined) throw new TypeError('The sample has no check.');
  return { ...first, id, verdict };
};

function payloadOf(text: string | undefined) {
  const envelope = JSON.parse(text ?? '') as { payload: string; payloadType: string; signatures: { sig: string }[] };
  return { ...envelope, statement: JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) };
}

it('encodes what is signed as DSSE does', () => {
  // The example of the DSSE specification.
  expect(preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
});

it('is an in-toto statement over report and history, in an envelope that the key signed', () => {
  const checks = [check('A-1', 'pass'), check('A-2', 'info'), check('A-3', 'warn'), check('A-4', 'skip')];
  const { payload, payloadType, signatures, statement } = payloadOf(
    attest(runOf({ verdict: 'compliant', checks }), key),
  );
  expect(payloadType).toBe('application/vnd.in-toto+json');
  const signed = Buffer.from(`DSSEv1 28 ${payloadType} ${String(Buffer.from(payload, 'base64').length)} `);
  const bytes = Buffer.concat([signed, Buffer.from(payload, 'base64')]);
  expect(verify(null, bytes, publicKey, Buffer.from(signatures[0]?.sig ?? '', 'base64'))).toBe(true);
  expect(statement).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: 'report.json', digest: { sha256: 'a'.repeat(64) } },
      { name: 'history.jsonl', digest: { sha256: 'b'.repeat(64) } },
    ],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: { result: 'WARNED', passedTests: ['A-1', 'A-2'], warnedTests: ['A-3'], failedTests: [] },
  });
  const names = statement.predicate.configuration.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['configuration', 'requirements', 'tool']);
  for (const { digest } of statement.predicate.configuration) expect(digest.sha256).toMatch(/^[0-9a-f]{64}$/);
});

describe('the result', () => {
  it.each<[string | undefined, AttestedRun]>([
    ['PASSED', runOf({ verdict: 'compliant', checks: [check('A-1', 'pass')] })],
    ['WARNED', runOf({ verdict: 'compliant', checks: [check('A-1', 'pass'), check('A-2', 'review')] })],
    ['FAILED', runOf({ verdict: 'non-compliant', checks: [check('A-1', 'fail')] })],
    [undefined, runOf({ verdict: 'inconclusive' })],
    [undefined, runOf({ verdict: 'partial' })],
    [undefined, runOf({ verdict: 'non-compliant' }, 'interrupted')],
    [undefined, runOf({ verdict: 'compliant' }, 'none')],
  ])('is %s', (result, run) => {
    const text = attest(run, key);
    expect(text && payloadOf(text).statement.predicate.result).toBe(result);
  });
});

it('is read with the key that signed it, and with no other', () => {
  const text = attest(runOf({ verdict: 'compliant' }), key) ?? '';
  expect(readAttestation(text, publicKey)).toEqual({ 'report.json': 'a'.repeat(64), 'history.jsonl': 'b'.repeat(64) });
  expect(readAttestation(text, createPublicKey(generateKeyPairSync('ed25519').privateKey))).toBeUndefined();
  expect(readAttestation('{}', publicKey)).toBeUndefined();
  expect(readAttestation('nothing', publicKey)).toBeUndefined();
});

it('has the same configuration for each run of one configuration', () => {
  const { history, ...rest } = runOf({ verdict: 'compliant' });
  const again = history.map((event) =>
    event.kind === 'run-begin'
      ? { ...event, run: { ...event.run, id: 'other', startedAt: '2026-12-01T00:00:00Z' } }
      : event,
  );
  const digest = (events: readonly Event[]): unknown =>
    payloadOf(attest({ ...rest, history: events }, key)).statement.predicate.configuration[0].digest;
  expect(digest(again)).toEqual(digest(history));
});

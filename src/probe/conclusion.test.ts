import { describe, expect, it } from 'vitest';

import type { ServerAnswer } from './server-answer.ts';
import { conclude, probeExit } from './conclusion.ts';
import type { ProbeId } from './plan.ts';

const through: ServerAnswer = { kind: 'let-through', status: 302, shape: 'a' };
const no = (error: string, description = ''): ServerAnswer => ({ kind: 'refused', status: 400, error, description });
const missing = no('invalid_request', 'missing required code challenge');
const badCode = no('invalid_grant', 'invalid authorization code');
const badVerifier = no('invalid_grant', 'invalid code verifier');
const unclear: ServerAnswer = { kind: 'unclear', reason: 'The server answered 503.' };

const all = (change: Partial<Record<ProbeId, ServerAnswer>>) => {
  const answers: Record<ProbeId, ServerAnswer> = {
    control: through,
    'no-challenge': missing,
    plain: missing,
    'token-control': badCode,
    'token-no-verifier': badVerifier,
    ...change,
  };
  const conclusions = conclude(new Map(Object.entries(answers) as [ProbeId, ServerAnswer][]));
  return { results: conclusions.map(({ result }) => result), exit: probeExit(conclusions), conclusions };
};

describe('conclusions', () => {
  it.each<[string, Partial<Record<ProbeId, ServerAnswer>>, string[], number]>([
    ['all refused', {}, ['refused', 'refused', 'refused'], 0],
    ['no challenge let through', { 'no-challenge': through }, ['not-refused', 'refused', 'refused'], 1],
    ['plain let through', { plain: through }, ['refused', 'not-refused', 'refused'], 1],
    ['the control refused', { control: no('redirect_uri_mismatch') }, ['unknown', 'unknown', 'refused'], 3],
    ['the control unclear', { control: unclear }, ['unknown', 'unknown', 'refused'], 3],
    [
      'another page than the control',
      { 'no-challenge': { ...through, shape: 'b' } },
      ['unknown', 'refused', 'refused'],
      3,
    ],
    ['a firewall that refuses', { 'no-challenge': no('') }, ['unknown', 'refused', 'refused'], 3],
    ['another error', { plain: no('temporarily_unavailable', 'busy') }, ['refused', 'unknown', 'refused'], 0],
    [
      'an error of its own that names the challenge',
      { plain: no('unsupported', 'Code Challenge method') },
      ['refused', 'refused', 'refused'],
      0,
    ],
    ['an unclear answer', { 'no-challenge': unclear }, ['unknown', 'refused', 'refused'], 3],
    ['the same refusal of both token requests', { 'token-no-verifier': badCode }, ['refused', 'refused', 'unknown'], 0],
    [
      'another refusal that does not name the verifier',
      { 'token-no-verifier': no('invalid_client') },
      ['refused', 'refused', 'unknown'],
      0,
    ],
    ['the verifier refused in both', { 'token-control': badVerifier }, ['refused', 'refused', 'unknown'], 0],
    [
      'tokens for nothing',
      { 'token-no-verifier': { kind: 'granted', status: 200 } },
      ['refused', 'refused', 'not-refused'],
      1,
    ],
  ])('%s', (_, change, results, exit) => {
    expect(all(change)).toMatchObject({ results, exit });
  });

  it('says what to do when the control is refused', () => {
    expect(all({ control: no('redirect_uri_missing') }).conclusions[0]?.open).toMatch(/--redirect-uri/);
    expect(all({ control: no('invalid_client_id') }).conclusions[0]?.open).toMatch(/client id/);
  });

  it('is unknown when nothing was answered', () => {
    expect(conclude(new Map()).every(({ result }) => result === 'unknown')).toBe(true);
    expect(probeExit(conclude(new Map()))).toBe(3);
  });
});

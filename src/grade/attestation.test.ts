import { describe, expect, it } from 'vitest';

import { judgeAttestation } from './attestation.ts';

const given = { by: 'A. Person', at: '2026-03-01', proof: 'security handbook, page 4', until: '2027-03-01' };
const all = { 'SF-RTR-STORE': given };

describe('an attestation', () => {
  it('holds from the day it was given to the end of its last day', () => {
    for (const today of ['2026-03-01', '2026-11-20', '2027-03-01']) {
      expect(judgeAttestation(all, 'SF-RTR-STORE', today)).toEqual({ state: 'attested', attestation: given });
    }
  });

  it('is expired the day after', () => {
    expect(judgeAttestation(all, 'SF-RTR-STORE', '2027-03-02').state).toBe('expired');
  });

  it('is missing for another requirement, for none at all, and for a name that every object has', () => {
    expect(judgeAttestation(all, 'SF-INCIDENT-REPORTING', '2026-06-01').state).toBe('missing');
    expect(judgeAttestation(undefined, 'SF-RTR-STORE', '2026-06-01')).toEqual({
      ...{ state: 'missing', reason: 'It has not been attested.' },
    });
    expect(judgeAttestation(all, 'toString', '2026-06-01').state).toBe('missing');
  });

  it.each([
    ['no person', { by: ' ' }, /who/],
    ['no proof', { proof: '' }, /proof/],
    ['blanks for a proof', { proof: ' \t' }, /proof/],
    ['a day that is no day', { at: 'last spring' }, /given/],
    ['the 30th of February', { at: '2026-02-30' }, /given/],
    ['no last day', { until: 'forever' }, /until/],
    ['a day with something behind it', { until: '2027-01-311' }, /until/],
    ['a day and a word', { at: '2026-03-01 or so' }, /given/],
    ['a day to come', { at: '2026-12-24' }, /to come/],
  ])('with %s is missing, and says why', (_, change, reason) => {
    const judged = judgeAttestation({ X: { ...given, ...change } }, 'X', '2026-06-01');
    expect(judged).toMatchObject({ state: 'missing', reason: expect.stringMatching(reason) as string });
  });

  it('takes a day with blanks around it', () => {
    const judged = judgeAttestation({ X: { ...given, at: ' 2026-03-01', until: ' 2026-06-01 ' } }, 'X', '2026-06-01');
    expect(judged.state).toBe('attested');
  });

  it('takes an instant for its day', () => {
    const judged = judgeAttestation({ X: { ...given, until: '2026-06-01T08:00:00Z' } }, 'X', '2026-06-01');
    expect(judged.state).toBe('attested');
  });
});

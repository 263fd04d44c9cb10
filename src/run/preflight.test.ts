import { describe, expect, it } from 'vitest';
import { faultOf, type FirstContact } from './preflight.ts';

const contact = (parts: Partial<FirstContact>): FirstContact => ({
  login: { result: 'failed', opened: true, redirected: true, delivered: true, error: 'no' },
  tokenRequested: false,
  authorizationRequested: true,
  refusals: [],
  timeoutMs: 30_000,
  lastWords: '',
  ...parts,
});

describe('faultOf', () => {
  it('a recorded token request is always judged', () => {
    const died = { result: 'died', opened: true, redirected: true } as const;
    expect(faultOf(contact({ tokenRequested: true, login: died }))).toBeUndefined();
  });

  it('what was refused is judged, unless configuration and client speak of different apps', () => {
    expect(faultOf(contact({ refusals: ['response-type'] }))).toBeUndefined();
    expect(faultOf(contact({ refusals: ['redirect-mismatch'] }))?.code).toBe('no-token-request');
  });

  it.each([
    ['no-login', { login: undefined }],
    ['client-died', { login: { result: 'died', opened: false, redirected: false } }],
    // A person was asked, and did not do it: that says nothing of the client.
    ['nobody-logged-in', { login: { result: 'unsupported', skipped: true, opened: false, redirected: false } }],
    ['no-authorize', { login: { result: 'unsupported', opened: false, redirected: false } }],
    [
      'never-opened',
      { authorizationRequested: false, login: { result: 'timed-out', opened: false, redirected: false } },
    ],
    ['never-opened', { authorizationRequested: false, login: { result: 'ok', opened: false, redirected: false } }],
    [
      'callback-undelivered',
      { login: { result: 'failed', opened: true, redirected: true, delivered: false, undelivered: 'refused' } },
    ],
    // The browser was still waiting for somebody to listen when the verb's time was up.
    ['callback-undelivered', { login: { result: 'timed-out', opened: true, redirected: true } }],
    ['authorization-refused', { login: { result: 'failed', opened: true, redirected: false } }],
    ['no-token-request', {}],
  ] as const)('%s', (code, parts) => {
    const fault = faultOf(contact(parts));
    expect(fault).toMatchObject({ code, exit: 2 });
    expect(fault?.message).not.toBe('');
    expect(fault?.hint).not.toBe('');
  });

  it("passes on the client's last words", () => {
    const login = { result: 'died', opened: false, redirected: false } as const;
    expect(faultOf(contact({ login, lastWords: 'ImportError' }))?.message).toContain('ImportError');
  });
});

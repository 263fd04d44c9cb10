import { describe, expect, it } from 'vitest';
import { faultOf, type FirstContact } from './preflight.ts';

const contact = (parts: Partial<FirstContact>): FirstContact => ({
  login: { result: 'failed', opened: true, redirected: true, delivered: true, error: 'no' },
  tokenRequested: false,
  authorizationRequested: true,
  refusals: [],
  timeoutMs: 30_000,
  lastWords: '',
  urlOnStderr: false,
  registered: ['http://127.0.0.1:0/callback', 'app:/cb'],
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
    ['no-login', { login: { result: 'unsupported', skipped: true, opened: false, redirected: false } }],
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
    // The browser was still waiting for a listener when the time of the action was up.
    ['callback-undelivered', { login: { result: 'timed-out', opened: true, redirected: true } }],
    // A person said no at the sign-in page: the callback was not lost.
    ['login-denied', { login: { result: 'failed', opened: true, redirected: true }, callbackError: 'access_denied' }],
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
    const lastWords = 'Traceback (most recent call last): ⏎ load() ⏎ ImportError: no module x ⏎ see the manual';
    expect(faultOf(contact({ login, lastWords }))?.said).toEqual([
      ...['ImportError: no module x', 'Traceback (most recent call last):', 'load()', 'see the manual'],
    ]);
  });

  it('quotes once, and without blaming the redirect URI, a client that could not write its secret into a header', () => {
    const error = "UnicodeEncodeError: 'latin-1' codec can't encode characters";
    const login = { result: 'failed', opened: true, redirected: true, delivered: true, error } as const;
    const fault = faultOf(contact({ login, lastWords: `oauth: ${error}` }));
    expect(fault).toMatchObject({ code: 'no-token-request', exit: 2 });
    expect(fault?.message.split("can't encode")).toHaveLength(2);
    expect(`${fault?.message ?? ''} ${fault?.hint ?? ''}`).not.toContain('redirect');
  });

  it('takes a shell that found no program for what it may be', () => {
    const login = { result: 'unsupported', opened: false, redirected: false } as const;
    const fault = faultOf(contact({ login, lastWords: 'sh: 1: my-cli: not found' }));
    expect(fault?.said).toEqual(['sh: 1: my-cli: not found']);
    expect(fault?.hint).toContain('127');
  });

  it('names what was sent and what is registered when the redirect URI is another one', () => {
    const login = { result: 'failed', opened: true, redirected: false, error: 'a page with status 400' } as const;
    const mismatch = { login, refusals: ['redirect-mismatch'], redirectUri: 'http://localhost:3000/cb' };
    const fault = faultOf(contact(mismatch));
    expect(fault?.code).toBe('redirect-uri-mismatch');
    expect(fault?.message).toContain('http://localhost:3000/cb');
    expect(fault?.message).toContain('http://127.0.0.1:0/callback, app:/cb');
    expect(faultOf(contact({ ...mismatch, refusals: ['unknown-client'] }))?.code).toBe('authorization-refused');
  });

  it('names the address that is not the mock’s', () => {
    const error = 'https://login.salesforce.com/services/oauth2/authorize: the harness does not go there';
    const login = { result: 'failed', opened: false, redirected: false, error, reason: 'opened-elsewhere' } as const;
    const fault = faultOf(contact({ authorizationRequested: false, login }));
    expect(fault?.code).toBe('opened-elsewhere');
    expect(fault?.message).toContain('https://login.salesforce.com/services/oauth2/authorize');
  });

  it.each([
    ['no-answer', false, 'Start the application first'],
    ['no-answer', true, 'Let it hand over the URL'],
    ['no-login', false, 'Let `driver.authorize` name the page'],
    [undefined, false, 'Let it hand over the URL'],
  ] as const)('says what to do by the reason that the driver returns: %s, opened: %s', (reason, opened, hint) => {
    const login = { result: 'failed', opened, redirected: false, error: 'any text', reason } as const;
    expect(faultOf(contact({ authorizationRequested: false, login }))?.hint).toContain(hint);
  });

  it('decides nothing by the text of a message', () => {
    const error = 'http://127.0.0.1:3000 gave no answer: the harness does not go there';
    const login = { result: 'failed', opened: false, redirected: false, error } as const;
    expect(faultOf(contact({ authorizationRequested: false, login }))).toMatchObject({
      code: 'never-opened',
      hint: expect.stringContaining('Let it hand over the URL'),
    });
  });

  it('finds the URL where no driver looks for it', () => {
    const login = { result: 'timed-out', opened: false, redirected: false } as const;
    const fault = faultOf(contact({ authorizationRequested: false, login, urlOnStderr: true }));
    expect(fault?.message).toContain('an authorization URL on standard error');
  });

  it('shows what was perhaps meant as an answer', () => {
    const hint = 'it wrote {"id":"1","ok":true} on standard output, but';
    const login = { result: 'timed-out', opened: false, redirected: false, hint } as const;
    const fault = faultOf(contact({ authorizationRequested: false, login }));
    expect(fault?.message).toContain('within 30000 ms; it wrote {"id":"1","ok":true} on standard output');
  });
});

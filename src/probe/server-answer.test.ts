import { describe, expect, it } from 'vitest';

import { authorizationAnswer, tokenAnswer } from './server-answer.ts';

const BASE = 'https://login.example.com/services/oauth2/authorize?x=1';
const redirect = (location: string) => authorizationAnswer({ status: 302, location, body: '' }, BASE);
const page = (status: number, body: string) => authorizationAnswer({ status, location: null, body }, BASE);

describe('the answer to an authorization request', () => {
  it('is a refusal when the redirect carries an error, in the query or the fragment, on any host', () => {
    const refused = { kind: 'refused', error: 'invalid_request', description: 'missing required code challenge' };
    const query = 'error=invalid_request&error_description=missing+required+code+challenge';
    expect(redirect(`https://app.example.com/cb?${query}&state=s`)).toMatchObject(refused);
    expect(redirect(`myapp://cb#${query}`)).toMatchObject(refused);
  });

  it('is a refusal as bare text, as JSON, inside a page, and by its status alone', () => {
    const text = 'error=invalid_request&error_description=missing%20required%20code%20challenge';
    for (const body of [text, ` ${text}\n`, `<p>${text.replace('&', '&amp;')}</p>`]) {
      expect(page(200, body)).toMatchObject({ kind: 'refused', description: 'missing required code challenge' });
    }
    expect(page(400, '{"error":"invalid_client_id"}')).toMatchObject({ kind: 'refused', error: 'invalid_client_id' });
    expect(page(403, 'no')).toMatchObject({ kind: 'refused', error: '' });
  });

  it('is no refusal when a login page only speaks of errors', () => {
    expect(page(200, '<title>Login</title><script>var error=function(){}</script>')).toMatchObject({
      kind: 'let-through',
      shape: 'Login',
    });
    expect(redirect('/login?startURL=%2Fx%3Ferror%3Dinvalid_request')).toMatchObject({ kind: 'let-through' });
  });

  it.each([429, 500, 503])('says nothing with status %d', (status) => {
    expect(page(status, 'error=server_error')).toMatchObject({ kind: 'unclear' });
  });

  it('is unclear for a redirect to nowhere', () => {
    expect(redirect('http://')).toMatchObject({ kind: 'unclear' });
    expect(authorizationAnswer({ status: 302, location: null, body: '' }, BASE)).toMatchObject({ kind: 'unclear' });
  });

  it('takes control characters out of what a server says', () => {
    const answer = redirect('https://x.example/?error=a%1b%5b31mb&error_description=c%0ad%e2%80%aee');
    expect(JSON.stringify(answer)).not.toMatch(/\\u001b|\\n|\u202e/);
  });
});

describe('the answer to a token request', () => {
  const token = (status: number, body: string) => tokenAnswer({ status, location: null, body });
  it('is a refusal, a grant, or nothing', () => {
    expect(token(400, '{"error":"invalid_grant","error_description":"invalid code verifier"}')).toMatchObject({
      kind: 'refused',
    });
    expect(token(200, '{"access_token":"x"}')).toMatchObject({ kind: 'granted' });
    expect(token(200, '<html>')).toMatchObject({ kind: 'unclear' });
    expect(token(400, '{"error":')).toMatchObject({ kind: 'refused', error: '' });
    expect(token(503, '')).toMatchObject({ kind: 'unclear' });
  });
});

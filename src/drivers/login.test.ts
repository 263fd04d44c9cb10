/** Logins, through each driver: what the browser does, and what a scenario may do to it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStand, shapes, type Stand } from './fixtures/stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

describe.each(Object.keys(shapes))('%s', (shape) => {
  test('the browser names itself to the mock only, and its user', async () => {
    const session = await stand.begin(shape);
    await session.main.authorize();
    const other = await session.another();
    expect(await other!.authorize()).toMatchObject({ result: 'ok' });
    const paths = ['/services/oauth2/authorize', '/signed-in'];
    expect(stand.server.browsed).toEqual(['U1', 'U2'].flatMap((user) => paths.map((path) => `${user} ${path}`)));
  });

  test('a client that never opens its URL', async () => {
    const { main } = await stand.begin(shape, 'never-opens');
    // A program is silent; an application answers, and leads nowhere.
    const silent = shape === 'adapter' || shape === 'command';
    if (silent) stand.history.waitMs = 500;
    const answer = await main.authorize();
    expect(answer).toMatchObject({ opened: false, redirected: false });
    expect(answer.result).toBe(silent ? 'timed-out' : 'failed');
    expect(answer.delivered).toBeUndefined();
  });

  test('an error of the mock reaches the client', async () => {
    stand.server.answer = 'error';
    const { main } = await stand.begin(shape);
    const answer = await main.authorize();
    expect(answer).toMatchObject({ result: 'failed', opened: true, redirected: true, delivered: true });
    expect(answer.error).toContain('access_denied');
    expect(stand.history.of('visit').find(({ step }) => step === 'callback')).toMatchObject({ error: 'access_denied' });
  });

  test('an error page of the mock ends the login at once', async () => {
    stand.server.answer = 'page';
    const { main } = await stand.begin(shape);
    const answer = await main.authorize();
    expect(answer).toMatchObject({ result: 'failed', opened: true, redirected: false });
    expect(answer.error).toContain('redirect_uri_mismatch');
    expect(stand.history.of('visit').at(-1)).toMatchObject({ step: 'page', status: 400 });
  });

  test('the browser goes nowhere else', async () => {
    stand.server.answer = 'elsewhere';
    const { main } = await stand.begin(shape);
    expect(await main.authorize()).toMatchObject({ result: 'failed', redirected: false });
    expect(stand.history.of('visit').at(-1)).toMatchObject({ step: 'page', url: 'https://example.invalid/somewhere' });
  });

  test('a scenario may look at the URL, change the callback and repeat it', async () => {
    const { main } = await stand.begin(shape);
    const seen: string[] = [];
    const answer = await main.authorize({
      onOpen: async (url) => void seen.push(url),
      onCallback: async (url) => ({ urls: [url.replace(/state=[^&]+/, 'state=altered')], tampered: 'state-altered' }),
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toContain(`${stand.server.loginUrl}/services/oauth2/authorize?`);
    expect(answer).toMatchObject({ result: 'failed', delivered: true });
    expect(stand.history.of('visit').find(({ step }) => step === 'callback')).toMatchObject({
      tampered: 'state-altered',
    });
    const twice = await main.authorize({ onCallback: async (url) => ({ urls: [url, url], tampered: 'repeated' }) });
    expect(twice).toMatchObject({ result: 'ok', delivered: true });
  });

  test('a page that shows the callback’s markup as markup is noticed', async () => {
    const { main } = await stand.begin(shape, 'reflects');
    const description = '<b>denied</b>';
    const urlOf = (url: string): string => {
      const changed = new URL(url);
      changed.searchParams.set('error_description', description);
      changed.searchParams.set('error', 'OAUTH_UNHEARD_OF');
      return changed.href;
    };
    await main.authorize({ onCallback: async (url) => ({ urls: [urlOf(url)] }) });
    const page = stand.history.of('visit').find(({ step }) => step === 'page');
    expect(page).toMatchObject({ status: 400, markup: ['error_description'] });
    await main.authorize();
    expect(stand.history.of('visit').at(-1)!.markup).toBeUndefined();
  });

  test('a login whose callback the scenario keeps ends at once', async () => {
    const { main } = await stand.begin(shape);
    const answer = await main.authorize({ onCallback: async () => ({ urls: [] }) });
    expect(answer).toMatchObject({ result: 'failed', redirected: true });
    expect(answer.delivered).toBeUndefined();
  });

  test('what a step of the scenario throws is not the client’s fault', async () => {
    const { main } = await stand.begin(shape);
    const broken = new Error('the scenario is broken');
    await expect(main.authorize({ onOpen: () => Promise.reject(broken) })).rejects.toBe(broken);
    expect(stand.history.of('verb-end')).toHaveLength(1);
  });
});

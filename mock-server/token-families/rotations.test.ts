/** What has to hold over 10,000 rotations through the token endpoint, whichever token comes back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLIENT_ID, stage } from '../fixtures/stage.ts';
import { DEAD } from './fixtures/storm.ts';

const RUNS = 50;
/** Rotations of one family. */
const SPAN = { min: 150, max: 170 };
const LONG = 2_500;

test(
  'never two live refresh tokens in a family, and any old one that comes ends it',
  { timeout: 300_000 },
  async () => {
    const { mock, login, refresh, call } = await stage();
    const family = async () => (await login()).refresh_token;
    /** Whether introspection calls a token active. */
    const active = async (token: string): Promise<boolean> => {
      const body = new URLSearchParams({ token, client_id: CLIENT_ID });
      const answer = await fetch(`${mock.loginUrl}/services/oauth2/introspect`, { method: 'POST', body });
      return ((await answer.json()) as { readonly active: boolean }).active;
    };
    let rotations = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer(SPAN),
        // How far back the old token lies, as a part of what there is; the first and the previous one are as likely as others.
        fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
        fc.array(fc.nat({ max: SPAN.min }), { maxLength: 8 }),
        async (length, back, looks) => {
          const tokens = [await family()];
          let access = '';
          for (let count = 0; count < length; count += 1) {
            const { status, body, text } = await refresh(tokens.at(-1)!);
            if (status !== 200) throw new Error(text);
            tokens.push(body['refresh_token']!);
            access = body['access_token']!;
            if (!looks.includes(count)) continue;
            // The newest lives, the one before it does not, nor does any earlier one.
            expect(await active(tokens.at(-1)!)).toBe(true);
            expect(await active(tokens.at(-2)!)).toBe(false);
            expect(await active(tokens[(count * 7) % (tokens.length - 1)]!)).toBe(false);
          }
          rotations += length;
          expect(new Set(tokens).size).toBe(length + 1);
          expect((await call(access)).status).toBe(200);

          const old = tokens[Math.round((length - 1) * back)]!;
          expect(await refresh(old)).toMatchObject({ status: 400, body: { error_description: DEAD } });
          expect(await active(tokens.at(-1)!)).toBe(false);
          expect((await call(access)).status).toBe(401);
          expect(await refresh(tokens.at(-1)!)).toMatchObject({ status: 400, body: { error_description: DEAD } });
        },
      ),
      { numRuns: RUNS },
    );
    expect(rotations).toBeGreaterThanOrEqual(RUNS * SPAN.min);

    // One family that grew old: its first token is still known for what it is.
    const first = await family();
    let newest = first;
    for (let count = 0; count < LONG; count += 1) newest = (await refresh(newest)).body['refresh_token']!;
    expect(RUNS * SPAN.min + LONG).toBeGreaterThanOrEqual(10_000);
    expect(await active(newest)).toBe(true);
    expect((await refresh(first)).status).toBe(400);
    expect(await active(newest)).toBe(false);
  },
);

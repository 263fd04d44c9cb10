/** 1,000 storms on one code each, on every store. Seeded: the same storm again is the same storm. */
import { expect, test } from 'vitest';
import { CALLBACK, CLIENT_ID, pkce } from '../fixtures/stage.ts';
import { contend, descriptions, drawStorm, STORMS, WEATHERS } from './fixtures/storm.ts';

test.each(WEATHERS)(
  `$name: ${String(STORMS)} storms on one code each: one family`,
  { timeout: 300_000 },
  async ({ make }) => {
    const weather = await make();
    const { parts, events, code } = weather;
    const { verifier, challenge } = pkce();
    for (let storm = 0; storm < STORMS; storm += 1) {
      const { count } = drawStorm(storm);
      const fields = {
        ...{ grant_type: 'authorization_code', client_id: CLIENT_ID, redirect_uri: CALLBACK },
        ...{ code: await code(challenge), code_verifier: verifier },
      };
      events.length = 0;
      const answers = await contend(weather, count, fields);
      expect(
        answers.filter(({ status }) => status === 200),
        `storm ${String(storm)}`,
      ).toHaveLength(1);
      expect(new Set(descriptions(answers))).toEqual(new Set(['expired authorization code']));
      expect(events.filter(({ kind }) => kind === 'family')).toHaveLength(1);
      const [late] = await contend(weather, 1, fields);
      expect(late!.body['error_description']).toBe('expired authorization code');
    }
    expect(parts.tokenFamilies.known()).toHaveLength(STORMS);
  },
);

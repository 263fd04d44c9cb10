import type { Scenario } from '../../src/run/scenario.ts';

/** Refresh tokens in valid but unusual formats (RFC 6749 Appendix A.17): short, ordinary, long, and full of characters that forms encode. */
const LOOKS = [
  { length: 1, alphabet: 'abcdefghijkmnopqrstuvwxyz' },
  { length: 87, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789' },
  { length: 2_000, alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._' },
  { length: 87, alphabet: '!._=/+%&~AbC' },
] as const;

export default {
  id: 'odd-tokens',
  title: 'Unusual refresh token formats',
  rank: 19,
  run: async (stage) => {
    await stage.login();
    await stage.calls(1);
    for (const look of LOOKS) {
      stage.phase('odd', `${String(look.length)} characters of ${look.alphabet}`);
      stage.control.shapeRefreshTokens(look);
      const { result } = await stage.refreshByCall();
      if (result === 'timed-out') return;
    }
    stage.control.shapeRefreshTokens(undefined);
    stage.phase('usual');
    await stage.refreshByCall();
  },
} satisfies Scenario;

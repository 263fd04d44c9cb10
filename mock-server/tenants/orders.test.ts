import { expect, test } from 'vitest';
import { HAS_REDIS } from '../store/fixtures/redis.ts';
import { inTurn } from './fixtures/in-turn.ts';
import { login, refresh } from './fixtures/partner.ts';

test.runIf(HAS_REDIS)(
  'a tenant has no port whose connections could be refused: the order says so, and so does nothing in history',
  async () => {
    const turn = await inTurn();
    const { refresh_token: token = '' } = await login(turn.place);
    for (const on of [true, false]) {
      const { status, body } = await turn.order('/refuse-connections', { on });
      expect([status, body['error']]).toEqual([409, expect.stringContaining('reset-before-commit')]);
    }
    expect((await refresh(turn.place, token)).status).toBe(200);
    expect((await turn.history()).filter(({ kind }) => kind === 'control')).toEqual([]);
    // What it names instead is there, and works.
    const fault = { fault: 'reset-before-commit', times: 'always' };
    expect((await turn.order('/faults', fault)).status).toBe(200);
    await expect(refresh(turn.place, token)).rejects.toThrow(/socket hang up|ECONNRESET/u);
    expect((await turn.order('/faults', { fault: 'no-such-fault' })).status).toBe(400);
    expect((await turn.order('/no-such-order', {})).status).toBe(404);
  },
);

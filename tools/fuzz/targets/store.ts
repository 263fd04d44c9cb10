/** What Redis answers when somebody else has written to it: a record is what was sealed for its place, or is refused. */
import fc from 'fast-check';
import { createRedisStore } from '../../../mock-server/store/redis.ts';
import { createSealer } from '../../../mock-server/store/sealer.ts';
import { json, mutated, text, type Json } from '../hostile.ts';
import { must, target } from '../target.ts';

const KEY = Buffer.alloc(32, 7);
const SEALED = createSealer(KEY).seal('{"id":"a"}', 'elsewhere');

export const redisValues = target<Json>({
  name: 'redis-values',
  input: fc.oneof(json(), text([SEALED]), mutated(SEALED, ['=', 'AAAA'])),
  open: async () => ({
    async check(value) {
      const answer = async () => value;
      const link = { send: answer, run: answer, ready: true, close: async () => undefined };
      const { families, models } = createRedisStore({ link, name: 'fuzz', key: KEY });
      for (const read of [
        () => families.read('a'),
        () => models.get('Session', 'a'),
        () => models.byUid('Session', 'a'),
      ]) {
        try {
          must((await read()) === undefined, 'A forged record was taken.');
        } catch (error) {
          must(error instanceof Error && error.message.length < 300, 'The refusal is no short sentence.');
        }
      }
    },
  }),
});

import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { failed } from '../client/renewal.ts';
import type { Renewal } from '../client/renewal.ts';
import type { Variant } from '../client/variant.ts';

const HELPER = new URL(`../client/refresh-helper${extname(import.meta.url)}`, import.meta.url);

export default {
  bug: 'A helper process does the refreshing.',
  behaviours: {
    rotate: (stale) =>
      new Promise((resolve) => {
        const helper = fork(HELPER);
        helper.once('message', (renewal) => {
          resolve(renewal as Renewal);
        });
        helper.once('exit', () => {
          resolve(failed('the helper ended early'));
        });
        helper.send(stale);
      }),
  },
  expect: {},
} satisfies Variant;

/** A process that refreshes for another one: gets the stale tokens as a message, answers with the renewal, and leaves. */
import { createClientParts } from './client.ts';
import { readEnvironment } from './environment.ts';
import { reference } from './reference.ts';
import { failed } from './renewal.ts';
import type { Renewal } from './renewal.ts';
import { rotate } from './rotate.ts';
import type { Tokens } from './tokens.ts';

process.once('message', (stale: Tokens) => {
  const leave = (renewal: Renewal): void => {
    process.send?.(renewal, () => {
      process.exit(0);
    });
  };
  rotate(stale, createClientParts(readEnvironment(process.env), reference)).then(leave, () => {
    leave(failed('the helper failed'));
  });
});

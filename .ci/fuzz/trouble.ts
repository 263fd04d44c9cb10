/** Whoever cannot go on says so by a Trouble: what happened and what to do, in a few words. */
import { Trouble } from '../../src/trouble.ts';
import { must } from './target.ts';

/** Enough for one sentence a fault; not for a file repeated. */
const MOST = 10_000;

/** Resolves with what `work` gives, or with undefined when it ends in a right Trouble. @throws Error for any other end */
export async function orTrouble<T>(
  work: () => T | Promise<T>,
  secrets: readonly string[] = [],
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    must(error.exit === 2, `What is wrong with what was handed in is called a fault of the harness: ${error.message}`);
    must(error.message.trim() !== '' && error.hint.trim() !== '', 'The Trouble says nothing.');
    must(error.message.length <= MOST, `The Trouble has ${String(error.message.length)} characters.`);
    for (const secret of secrets)
      must(!error.message.includes(secret), `The Trouble tells a secret: ${error.message.slice(0, 300)}`);
    return undefined;
  }
}

/** Checks that every failure is a HarnessError that says in a few words what happened and what to do. */
import { HarnessError } from '../../src/errors.ts';
import { must } from './target.ts';

/** Enough for one sentence a fault; not for a file repeated. */
const MOST = 10_000;

/** Resolves with what `work` gives, or with undefined when it ends in a right HarnessError. @throws Error for any other end */
export async function orHarnessError<T>(
  work: () => T | Promise<T>,
  secrets: readonly string[] = [],
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    must(error.exit === 2, `What is wrong with what was handed in is called a fault of the harness: ${error.message}`);
    must(error.message.trim() !== '' && error.hint.trim() !== '', 'The HarnessError says nothing.');
    must(error.message.length <= MOST, `The HarnessError has ${String(error.message.length)} characters.`);
    for (const secret of secrets)
      must(!error.message.includes(secret), `The HarnessError contains a secret: ${error.message.slice(0, 300)}`);
    return undefined;
  }
}

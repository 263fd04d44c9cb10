/** Creates the error of a run that the service could not finish. */
import { HarnessError } from '../errors.ts';

/** Returns the error of a run that has to be repeated, because nothing of it was judged. `run --at` repeats it automatically and keeps the
 * finished scenarios. */
export const repeat = (message: string): HarnessError =>
  new HarnessError('repeat', message, 'Repeat the run: nothing of it was judged.', { exit: 70 });

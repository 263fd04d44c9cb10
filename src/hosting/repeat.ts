/** The end of a run that the service could not finish. */
import { HarnessError } from '../errors.ts';

/** Returns the error of a run that is to be repeated: nothing of it was judged. `run --at` repeats it by itself and keeps the scenarios that are finished. */
export const repeat = (message: string): HarnessError =>
  new HarnessError('repeat', message, 'Repeat the run: nothing of it was judged.', { exit: 70 });

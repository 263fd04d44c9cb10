/** All faults, by the id that names what the client sees. */
import { CALLBACKS } from './callbacks.ts';
import { CHANGED_ANSWERS } from './changed-answers.ts';
import { DOCUMENTED_ERRORS } from './documented-errors.ts';
import { ERROR_ANSWERS } from './error-answers.ts';
import type { Fault } from './fault.ts';
import { LOST_ANSWERS } from './lost-answers.ts';

const all = [...CALLBACKS, ...CHANGED_ANSWERS, ...DOCUMENTED_ERRORS, ...ERROR_ANSWERS, ...LOST_ANSWERS];

/** The faults by id, in the order of their ids. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  all.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((fault) => [fault.id, fault]),
);

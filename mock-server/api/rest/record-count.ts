/** Serves `limits/recordCount`: the number of records of objects (cassettes of CumulusCI). */
import { json } from '../../reply.ts';
import type { Serve } from './api-call.ts';

/** Answers for the objects in `sObjects`, or for all; unknown objects are left out. */
export const recordCount: Serve = ({ query, session, context: { records } }) => {
  const named = query.get('sObjects')?.split(',');
  const types = named === undefined ? records.types() : named.flatMap((name) => records.typeOf(name.trim()) ?? []);
  const sObjects = types.map((name) => ({ count: records.rows(name, session.user).length, name }));
  return json(200, { sObjects });
};

/** `limits/recordCount`: how many records objects have (cassettes of CumulusCI). */
import { json } from '../../reply.ts';
import type { Serve } from './api-call.ts';

/** Answers for the objects that `sObjects` names, or for all; objects that the org does not have are left out. */
export const recordCount: Serve = ({ query, session, context: { records } }) => {
  const named = query.get('sObjects')?.split(',');
  const types = named === undefined ? records.types() : named.flatMap((name) => records.typeOf(name.trim()) ?? []);
  const sObjects = types.map((name) => ({ count: records.rows(name, session.user).length, name }));
  return json(200, { sObjects });
};

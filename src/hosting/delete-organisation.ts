/** Deletes an organisation without the service. */
import { HarnessError } from '../errors.ts';
import { openDatabase, type DatabasePlace } from './store/open.ts';
import { createStore } from './store/store.ts';

/** Deletes an organisation with everything of it. @throws HarnessError `no-database`, `no-organisation` */
export async function deleteOrganisation(id: string, place: DatabasePlace): Promise<void> {
  const db = await openDatabase(place);
  const isDeleted = await createStore(db)
    .deleteOrganisation(id)
    .finally(() => db.destroy());
  const hint = 'Its id is in the answer that created it, and in GET /v1/organisation.';
  if (!isDeleted) throw new HarnessError('no-organisation', `There is no organisation ${id}.`, hint);
}

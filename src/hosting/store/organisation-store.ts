/** Provides all data of one organisation. Each query names the organisation, so data of others cannot be read or changed through it. */
import type { Database } from './open.ts';
import { accessOf } from './organisation-access.ts';
import { appsOf } from './organisation-apps.ts';
import { reportsOf } from './organisation-reports.ts';
import { runsOf } from './organisation-runs.ts';
import { signInRulesOf } from './sign-in-rules.ts';
import { webhooksOf } from './webhooks.ts';

/** Returns the store of one organisation. */
export function createOrganisationStore(db: Database, organisation: string) {
  return {
    ...appsOf(db, organisation),
    ...accessOf(db, organisation),
    ...runsOf(db, organisation),
    ...reportsOf(db, organisation),
    ...signInRulesOf(db, organisation),
    ...webhooksOf(db, organisation),
  };
}

/** The queries for one organisation; they cannot reach data of others. */
export type OrganisationStore = ReturnType<typeof createOrganisationStore>;

/** Defines the switches of the APIs that a client calls with its access token. */
import { choice, type Switch } from './switch.ts';

/** The switches of the APIs. */
export const API_SWITCHES = {
  unknownNames: choice(['accepted', 'refused'], {
    what: 'What becomes of objects and fields that the org does not have: they are accepted, so that a client’s own schema needs no set-up, or refused as on the platform (`INVALID_FIELD`, `INVALID_TYPE`, `NOT_FOUND`). The org then has the standard fields of its standard objects, and what fixtures hold.',
    source: 'mappings of sf-fx-runtime-nodejs, cassettes of CumulusCI (refused); accepted is the mock’s choice',
    confidence: 'own',
  }),
} satisfies Readonly<Record<string, Switch>>;

/** Records failures of the mock itself, so that they are not attributed to the client. */
import type { Event, EventBody } from '../../src/history/event.ts';
import type { SecretRedactor } from '../recorder/redaction/redactor.ts';
import { isOfConnection } from './failure.ts';

const LONGEST = 2_000;

/** Returns a function that records an unexpected error as a `note`. A broken connection is not recorded, because the history shows how its
 * answer ended. */
export function reportFailures(record: (body: EventBody) => Event, redactor: SecretRedactor): (error: unknown) => void {
  return (error) => {
    if (isOfConnection(error)) return;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const shown = redactor.redact(`The mock failed: ${text}`.slice(0, LONGEST)).text;
    record({ kind: 'note', text: shown, harnessFault: true });
  };
}

/** Exports the parts of recording for programs that record without a mock; part of the mock's public interface. */
export { createCorrelation, type RequestCorrelation } from './recorder/correlation.ts';
export { startQuietTimer } from './recorder/quiet-timer.ts';
export { createDisguisedSecrets } from './recorder/redaction/disguised.ts';
export { createRedactor } from './recorder/redaction/create-redactor.ts';
export type { SecretRedactor } from './recorder/redaction/redactor.ts';

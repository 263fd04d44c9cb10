/** What recording is made of, for those who record without starting a mock of their own. A part of the mock's public interface. */
export { createCorrelation, type RequestCorrelation } from './recorder/correlation.ts';
export { startQuietTimer } from './recorder/quiet-timer.ts';
export { createRedactor } from './recorder/redaction/create-redactor.ts';
export type { SecretRedactor } from './recorder/redaction/redactor.ts';

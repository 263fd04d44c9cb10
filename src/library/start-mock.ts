/** Exports the parts of a mock from one module, so that Node compiles and caches them together. */
export { createCorrelation, createRedactor } from '../../mock-server/recording.ts';
export { start } from '../../mock-server/start.ts';
export { readOptions } from './options.ts';
export { recordedMock } from './recorded-mock.ts';
export { createRecording } from './recording.ts';

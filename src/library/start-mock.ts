/** What a mock is made of, loaded with the first one: the code is then kept compiled. */
export { createCorrelation, createRedactor } from '../../mock-server/recording.ts';
export { start } from '../../mock-server/start.ts';
export { readOptions } from './options.ts';
export { recordedMock } from './recorded-mock.ts';
export { createRecording } from './recording.ts';

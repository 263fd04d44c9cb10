import { proveAll } from './matrix.test-support.ts';

const SUITES = ['rtr', 'races'];

await proveAll('broken clients: rotation', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

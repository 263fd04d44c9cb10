import { proveAll } from './matrix.test-support.ts';

await proveAll('clients that are right', ({ kind }, suite) => kind !== 'broken' || suite === 'clean');

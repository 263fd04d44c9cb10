import { proveAll } from './matrix.test-support.ts';

const SUITES = ['error-handling', 'resilience', 'token-hygiene', 'session', 'soak', 'settings'];

await proveAll('broken clients: errors', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

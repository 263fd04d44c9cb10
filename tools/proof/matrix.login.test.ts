import { proveAll } from './matrix.test-support.ts';

const SUITES = ['pkce', 'client-auth', 'authorization-request', 'code-handling'];

await proveAll('broken clients: login', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

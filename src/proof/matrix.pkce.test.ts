import { proveAll } from './matrix.test-support.ts';

const SUITES = ['pkce', 'client-auth'];

await proveAll('broken clients: pkce', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

import { proveClients } from './prove-clients.ts';

const SUITES = ['pkce', 'client-auth', 'authorization-request', 'code-handling'];

await proveClients('broken clients: login', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

import { proveClients } from './prove-clients.ts';

const SUITES = ['error-handling', 'resilience', 'token-hygiene', 'session', 'soak', 'settings'];

await proveClients('broken clients: errors', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

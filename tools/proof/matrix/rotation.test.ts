import { proveClients } from './prove-clients.ts';

const SUITES = ['rtr', 'races'];

await proveClients('broken clients: rotation', ({ kind }, suite) => kind === 'broken' && SUITES.includes(suite));

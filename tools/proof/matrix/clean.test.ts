import { proveClients } from './prove-clients.ts';

await proveClients('clients that are right', ({ kind }, suite) => kind !== 'broken' || suite === 'clean');

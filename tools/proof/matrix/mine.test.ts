import { proveClients } from './prove-clients.ts';
const NAMES =
  'hex-challenge standard-base64-challenge basic-only basic-unencoded secret-twice public-sends-basic probes-auth-style basic-header unencoded-token token-request-as-json gives-up-early lease-ends-first lock-shorter-than-refresh waiters-fail says-ok-to-everything'.split(
    ' ',
  );
await proveClients('mine', ({ variant }) => NAMES.includes(variant.name));

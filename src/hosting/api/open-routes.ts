/** Defines the API routes that need no token of an organisation: keys, the publication log, health, metrics. */
import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { z } from 'zod';
import { metricsText } from '../metrics.ts';
import type { Service } from '../service.ts';
import { pingDatabase } from '../store/open.ts';
import { notFound, Problem } from './problem.ts';
import { route, type Route } from './route.ts';

/** Most entries of one proof. */
const MOST_ENTRIES = 1_000;

/** Returns the routes for everyone and for the operator. */
export function openRoutes(service: Service): readonly Route[] {
  const { store, key, db, registry } = service;
  return [
    route({
      ...{ method: 'GET', path: '/.well-known/sf-conformance-keys', scope: undefined },
      summary: 'Returns the public keys that the service signs reports with (RFC 7517, RFC 8037).',
      answer: z.object({ keys: z.array(z.record(z.string(), z.string())) }),
      async handle() {
        const jwk = await exportJWK(createPublicKey(key));
        return { value: { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'EdDSA' }] } };
      },
    }),
    route({
      ...{ method: 'GET', path: '/v1/log', scope: undefined },
      summary: 'Returns the newest entry of the publication log: its number and its SHA-256.',
      answer: z.object({ number: z.int(), link: z.string() }),
      handle: async () => ({ value: await store.log.head() }),
    }),
    route({
      ...{ method: 'GET', path: '/v1/log/:signature', scope: undefined },
      summary: 'Returns the entry of a signed report, by the SHA-256 of its `report.sig`, and entries that follow it.',
      answer: z.object({ entries: z.array(z.string().describe('JSON, byte for byte as it is chained.')) }),
      async handle({ id }) {
        const entries = await store.log.proof(id, MOST_ENTRIES);
        if (entries.length === 0) throw notFound();
        return { value: { entries } };
      },
    }),
    route({
      ...{ method: 'GET', path: '/healthz', scope: undefined },
      summary: 'Answers as long as the process works.',
      handle: () => Promise.resolve({ value: { status: 'ok' } }),
    }),
    route({
      ...{ method: 'GET', path: '/readyz', scope: undefined },
      summary: 'Answers 200 while new runs are taken, else 503.',
      async handle() {
        if (registry.draining) throw new Problem(503, 'draining', 'This instance is about to stop.');
        await pingDatabase(db).catch(() => {
          throw new Problem(503, 'no-database', 'The database does not answer.');
        });
        return { value: { status: 'ready' } };
      },
    }),
    route({
      ...{ method: 'GET', path: '/metrics', scope: 'service' },
      summary: 'Returns metrics in the text format of Prometheus.',
      handle: () => Promise.resolve({ type: 'text/plain; version=0.0.4', content: metricsText(service) }),
    }),
  ];
}

/** Limits the concurrent requests to the mocks of one organisation, so that it cannot block the others. */
import type { RequestListener } from 'node:http';

/** The resources that one run may use. */
export interface Share {
  readonly organisation: string;
  /** Concurrent requests of all runs of the organisation at this instance. */
  readonly inFlight: number;
  /** Called when a request was refused. */
  readonly onRefused: () => void;
}

/** Returns a function that limits the concurrent requests to a handler; further ones are refused as Salesforce refuses them. */
export function createInFlightLimit(): (handler: RequestListener, share: Share) => RequestListener {
  const open = new Map<string, number>();
  return (handler, { organisation, inFlight, onRefused }) =>
    (request, response) => {
      const now = open.get(organisation) ?? 0;
      if (now >= inFlight) {
        const isToken = request.url?.startsWith('/services/oauth2/') === true;
        response.writeHead(isToken ? 503 : 403, { 'Content-Type': 'application/json', 'Retry-After': '1' });
        response.end(JSON.stringify(isToken ? TOKEN_REFUSAL : API_REFUSAL));
        onRefused();
        return;
      }
      open.set(organisation, now + 1);
      response.once('close', () => {
        const left = (open.get(organisation) ?? 1) - 1;
        if (left > 0) open.set(organisation, left);
        else open.delete(organisation);
      });
      handler(request, response);
    };
}

const API_REFUSAL = [{ message: 'ConcurrentRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }];
const TOKEN_REFUSAL = { error: 'temporarily_unavailable', error_description: 'too many requests at once' };

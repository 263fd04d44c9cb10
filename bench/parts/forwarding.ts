/** What the recorder in front of a real org adds to an API call; org and client are this process, so that it alone is another one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startChild } from '../child.ts';
import { median } from './median.ts';

const BODY = JSON.stringify({
  records: Array.from({ length: 20 }, (_, at) => ({ Id: `001${String(at)}`, Name: 'Ann' })),
});

/** Medians of calls that take turns, in milliseconds. */
export interface ForwardingTimes {
  readonly directMs: number;
  readonly addedMs: number;
}

/** Makes `requests` calls directly and as many through the recorder; a tenth before that is not counted. */
export async function measureForwarding(requests: number): Promise<ForwardingTimes> {
  const org = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(BODY);
  });
  await new Promise<void>((resolve) => org.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((org.address() as AddressInfo).port)}`;
  const child = startChild('servers/forwarding.ts', [url]);
  try {
    const { loginUrl } = await child.first<{ readonly loginUrl: string }>();
    const ask = async (base: string): Promise<number> => {
      const begun = performance.now();
      const headers = { authorization: 'Bearer 00Dbench!a-session-of-the-bench' };
      await (await fetch(`${base}/services/data/v67.0/query?q=SELECT`, { headers })).arrayBuffer();
      return performance.now() - begun;
    };
    const direct: number[] = [];
    const through: number[] = [];
    for (let count = -requests / 10; count < requests; count += 1) {
      const [one, other] = [await ask(url), await ask(loginUrl)];
      if (count >= 0) direct.push(one);
      if (count >= 0) through.push(other);
    }
    return { directMs: median(direct), addedMs: median(through) - median(direct) };
  } finally {
    await child.stop();
    org.closeAllConnections();
    org.close();
  }
}

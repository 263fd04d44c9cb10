/** Checks whether the client would send its requests to a proxy that cannot reach the mock. Pure. */
import { notOk, ok, type Step } from './step.ts';

const ID = 'proxy';
const TITLE = 'Proxy';

/** Checks that no proxy is between client and mock.
 * @param arrived whether requests of the client reached the mock: then a configured proxy does no harm */
export function proxyStep(env: Readonly<Record<string, string | undefined>>, host: string, arrived: boolean): Step {
  const proxy = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].find((name) =>
    isSet(env[name]),
  );
  if (proxy === undefined) return ok(ID, TITLE, 'none is set');
  if (excepts(env['NO_PROXY'] ?? env['no_proxy'] ?? '', host)) return ok(ID, TITLE, `NO_PROXY names ${host}`);
  if (arrived) return ok(ID, TITLE, `${proxy} is set without NO_PROXY for ${host}, and the client does not mind`);
  return notOk(
    ID,
    TITLE,
    `${proxy} is set and NO_PROXY does not name ${host}: the client may send its requests to the proxy.`,
    `Set NO_PROXY=${host},localhost in the environment, or in \`driver.env\`.`,
  );
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function excepts(list: string, host: string): boolean {
  return list.split(/[\s,]+/u).some((entry) => {
    const name = entry.replace(/^\*?\./u, '').replace(/:\d+$/u, '');
    return entry === '*' || name === host || (name !== '' && host.endsWith(`.${name}`)) || name === '127.0.0.0/8';
  });
}

/** Maps local origins to origins of the org, and replaces URLs of one by those of the other. */
import type { GatewayHost } from '../../mock-server/gateway.ts';
import type { Target } from './target.ts';

/** The mapping between local and remote origins. */
export interface UpstreamOrigins {
  /** Local origin of the login host. */
  readonly login: string;
  /** Local origin of the first instance; the login origin before one is known. */
  readonly instance: string;
  /** Returns the org's origin for a local port. */
  upstreamOf(localPort: number): string | undefined;
  /** Replaces URLs of the org's named hosts by local ones; opens an origin for each new instance.
   * @param about.fallback kind of host for a URL whose path does not show it; default `instance`
   * @param about.announce whether to announce hosts that are not named; default false */
  toLocal(text: string, about?: { readonly fallback?: GatewayHost; readonly announce?: boolean }): Promise<string>;
  /** Replaces local origins by those of the org, also where they are percent-encoded. */
  toUpstream(text: string): string;
}

/** Options of `openUpstreamOrigins`. */
export interface UpstreamOriginsOptions {
  readonly target: Target;
  readonly open: (kind: GatewayHost, port: number) => Promise<{ readonly origin: string; readonly port: number }>;
  /** Ports of the login origin and of the first instance; 0: chosen by the system. */
  readonly ports: Readonly<Record<GatewayHost, number>>;
  /** Called once for each host that is not named on the command line and that clients would call. */
  readonly onUnnamed: (hostname: string) => void;
}

interface Pair {
  readonly kind: GatewayHost;
  readonly upstream: string;
  readonly local: string;
  readonly port: number;
}

const URLS = /https?:\/\/(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?(?=[/?#"'<>\s\\&]|$)/g;
/** Paths that login hosts serve; where login host and instance are one, other paths belong to the instance. */
const LOGIN_PATH = /^\/(?:id\/|services\/(?:oauth2|auth)\/|\.well-known\/)/;

/** Opens the local origin of the login host.
 * @throws HarnessError `port-in-use`, `cannot-listen` */
export async function openUpstreamOrigins(options: UpstreamOriginsOptions): Promise<UpstreamOrigins> {
  const { target, open, ports, onUnnamed } = options;
  const pairs: Pair[] = [];
  const opening = new Map<string, Promise<Pair>>();
  const announced = new Set<string>();

  const pairOf = (kind: GatewayHost, upstream: string): Promise<Pair> => {
    const key = `${kind} ${upstream}`;
    const known = opening.get(key);
    if (known !== undefined) return known;
    // The configured ports are for the first of each kind.
    const port =
      pairs.some((one) => one.kind === kind) || [...opening.keys()].some((one) => one.startsWith(kind))
        ? 0
        : ports[kind];
    const pair = open(kind, port).then((opened) => {
      const made = { kind, upstream, local: opened.origin, port: opened.port };
      pairs.push(made);
      return made;
    });
    opening.set(key, pair);
    return pair;
  };
  const login = await pairOf('login', target.login);

  return {
    login: login.local,
    get instance() {
      return pairs.find(({ kind }) => kind === 'instance')?.local ?? login.local;
    },
    upstreamOf: (localPort) => pairs.find(({ port }) => port === localPort)?.upstream,
    async toLocal(text, { fallback = 'instance', announce = false } = {}) {
      let out = '';
      let from = 0;
      for (const match of text.matchAll(URLS)) {
        const { hostname, origin } = new URL(match[0]);
        const end = match.index + match[0].length;
        if (!target.hostnames.includes(hostname)) {
          if (announce && !announced.has(hostname)) onUnnamed(hostname);
          if (announce) announced.add(hostname);
          continue;
        }
        const below = origin === target.login && text.startsWith(target.sitePath, end) ? target.sitePath.length : 0;
        const isLogin = below > 0 || LOGIN_PATH.test(text.slice(end, end + 40));
        const kind = isLogin ? 'login' : fallback;
        const pair = await pairOf(kind, origin);
        out += text.slice(from, match.index) + pair.local;
        from = end;
      }
      return out + text.slice(from);
    },
    toUpstream: (text) =>
      pairs.reduce(
        (changed, { local, upstream }) =>
          changed.replaceAll(local, upstream).replaceAll(encodeURIComponent(local), encodeURIComponent(upstream)),
        text,
      ),
  };
}

/** Detects the programming language of a client from its configuration, or else from the User-Agent of its HTTP library. */
import type { Trail } from './trail.ts';

/** The languages in which fixes are available, with the names that reports print. */
export const LANGUAGE_NAMES = {
  javascript: 'JavaScript',
  python: 'Python',
  java: 'Java',
  csharp: 'C#',
  go: 'Go',
  ruby: 'Ruby',
  php: 'PHP',
} as const;

/** Key of a language in `LANGUAGE_NAMES`, as blocks of code in `reports/fixes` are marked. */
export type Language = keyof typeof LANGUAGE_NAMES;

const AGENTS: readonly (readonly [Language, RegExp])[] = [
  ['python', /python|aiohttp|httpx/i],
  ['go', /\bgo-http-client\b|\bresty\b/i],
  ['java', /\bjava\b|okhttp|apache-httpclient|jersey|spring/i],
  ['csharp', /\.net|restsharp|dotnet/i],
  ['ruby', /ruby|faraday|httparty|rest-client/i],
  ['php', /php|guzzle|symfony/i],
  ['javascript', /^node|undici|axios|node-fetch|\bgot\b|deno|bun\/|jsforce|mozilla/i],
];

/** Returns the language that the driver's command indicates, else the one that a token request's User-Agent indicates; undefined when
 * neither does. */
export function languageOf({ begin, scenarios }: Trail): Language | undefined {
  const configured = begin?.run.language;
  if (configured !== undefined && Object.hasOwn(LANGUAGE_NAMES, configured)) return configured as Language;
  for (const { exchanges } of scenarios.values())
    for (const { request } of exchanges) {
      if (request.endpoint !== 'token') continue;
      const agent = request.headers.find(({ name }) => name.toLowerCase() === 'user-agent')?.value ?? '';
      const found = AGENTS.find(([, pattern]) => pattern.test(agent));
      if (found !== undefined) return found[0];
    }
  return undefined;
}

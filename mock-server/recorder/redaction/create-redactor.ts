/** Creates the redactor of one run, in memory. */
import { randomBytes } from 'node:crypto';
import { createCleanTexts } from './clean-texts.ts';
import { createRecentSecrets, type RecentSecrets } from './recent-secrets.ts';
import type { SecretRedactor } from './redactor.ts';
import { createSecretNames } from './secret-names.ts';
import { isConsumerKey, looksLikeToken, SALESFORCE_SHAPES, TOKEN_RUN } from './token-shape.ts';

const JWT = /eyJ(?:(?!eyJ)[A-Za-z0-9_-]){8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g;
const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

interface FoundSecret {
  readonly label: string;
  /** Index after its last character. */
  readonly end: number;
}

const longer = (one: FoundSecret | undefined, other: FoundSecret | undefined): FoundSecret | undefined =>
  one === undefined || (other !== undefined && other.end > one.end) ? other : one;

/** Returns the label of the first known secret inside the decoded form of a run of base64 or hexadecimal digits. */
function inside(run: string, recent: Pick<RecentSecrets, 'at'>, say: (name: string) => string): string | undefined {
  const pieces = run.includes('/') ? [run, ...run.split('/')] : [run];
  const texts = pieces.filter((piece) => piece.length >= 8).map((piece) => Buffer.from(piece, 'base64').toString());
  if (/^(?:[0-9A-Fa-f]{2}){8,}$/.test(run)) texts.push(Buffer.from(run, 'hex').toString());
  for (const text of texts)
    for (let at = 0; at < text.length; at += 1) {
      const found = recent.at(text, at);
      if (found) return say(found.label);
    }
  return undefined;
}

/** Creates a redactor with bounded memory: for the newest values, at least half a million, it keeps six bytes of a salted hash and the
 * label. Raw values are kept only for the newest 1,000 of each kind, because finding a secret inside a text needs them; an older one is
 * still recognized by its form (`00D…!…`, `5Aep861…`, any run of 24 token characters) and labelled by its hash.
 * @param options.salt salt of the fingerprints; default: 32 random bytes, never written */
export function createRedactor(options: { readonly salt?: Buffer } = {}): SecretRedactor {
  const recent = createRecentSecrets();
  /** Texts, or parts between known secrets, that contain no secrets. */
  const clean = createCleanTexts();
  const names = createSecretNames({
    salt: (options.salt ?? randomBytes(32)).toString('hex'),
    recent,
    onMadeUp: (raw) => clean.madeUp(raw),
  });

  function hide(text: string, leaked: Set<string>): string {
    if (clean.has(text)) return text;
    const before = leaked.size;
    const hidden = hideUnknown(text, leaked);
    if (hidden === text && leaked.size === before) clean.add(text);
    return hidden;
  }

  function hideUnknown(text: string, leaked: Set<string>): string {
    const say = (name: string): string => {
      leaked.add(name);
      return name;
    };
    const unknown = (run: string): string => say(names.nameOfRun(run));
    const runs = (part: string): string => part.replace(TOKEN_RUN, (run) => (looksLikeToken(run) ? unknown(run) : run));
    const containers = (part: string): string => {
      let out = '';
      let from = 0;
      for (const match of part.matchAll(BASE64_RUN)) {
        const name = inside(match[0], recent, say);
        if (name === undefined) continue;
        out += runs(part.slice(from, match.index)) + name;
        from = match.index + match[0].length;
      }
      return out + runs(part.slice(from));
    };
    let out = '';
    let from = 0;
    for (const match of text.matchAll(SALESFORCE_SHAPES)) {
      out += containers(text.slice(from, match.index));
      out += isConsumerKey(match[0]) ? match[0] : unknown(match[0]);
      // The parts of a JWT are searched too.
      if (match[0].startsWith('eyJ')) for (const part of match[0].split('.')) inside(part, recent, say);
      from = match.index + match[0].length;
    }
    return out + containers(text.slice(from));
  }

  function redact(raw: string): { readonly text: string; readonly leaked: readonly string[] } {
    if (clean.has(raw)) return { text: raw, leaked: [] };
    const leaked = new Set<string>();
    let text = '';
    let from = 0;
    const jwts = [...raw.matchAll(JWT)];
    // A JWT is hidden completely, whatever it contains.
    const disguised = recent
      .disguised(raw)
      .filter(({ start, end }) => !jwts.some((jwt) => jwt.index <= start && end <= jwt.index + jwt[0].length));
    for (let at = 0; at < raw.length; at += 1) {
      while (disguised[0] !== undefined && disguised[0].start < at) disguised.shift();
      const plain = recent.at(raw, at);
      const other = disguised[0]?.start === at ? disguised[0] : undefined;
      const found = longer(plain && { label: plain.label, end: at + plain.length }, other);
      if (found === undefined) continue;
      text += hide(raw.slice(from, at), leaked) + found.label;
      leaked.add(found.label);
      from = found.end;
      at = from - 1;
    }
    return { text: text + hide(raw.slice(from), leaked), leaked: [...leaked] };
  }

  return { label: (kind, raw) => names.label(kind, raw), redact };
}

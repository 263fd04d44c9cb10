/** The redactor of one run, in memory. */
import { hash, randomBytes } from 'node:crypto';
import type { Secret, SecretKind } from '../../../src/history/label.ts';
import { createBoundedMap } from '../../bounded-map.ts';
import { decoded } from './encodings.ts';
import { createLabelTable } from './label-table.ts';
import { createRecentSecrets, LONGEST_RAW } from './recent-secrets.ts';
import { hasSalesforceShape, isConsumerKey, looksLikeToken, SALESFORCE_SHAPES, TOKEN_RUN } from './token-shape.ts';
import type { SecretRedactor } from './redactor.ts';

const KINDS: readonly SecretKind[] = [
  'RT',
  'AT',
  'CODE',
  'VERIFIER',
  'CHALLENGE',
  'STATE',
  'NONCE',
  'IDTOKEN',
  'SECRET',
  'VALUE',
];
const VALUE = KINDS.indexOf('VALUE');
/** So many values are named without looking them up. */
const NEWEST = 256;
/** So many texts without a secret are remembered, and how long one may be. */
const CLEAN = 1_000;
const LONGEST_CLEAN = 256;
const JWT = /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g;
const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

interface FoundSecret {
  readonly label: string;
  /** Index behind its last character. */
  readonly end: number;
}

const longer = (one: FoundSecret | undefined, other: FoundSecret | undefined): FoundSecret | undefined =>
  one === undefined || (other !== undefined && other.end > one.end) ? other : one;

/**
 * A redactor of bounded memory: of the newest values, half a million at the least, it keeps six bytes of a salted hash and the label. The
 * raw values themselves are kept only for the newest 1,000 of each kind, because finding a secret inside a text needs them; an
 * older one is still found by its shape (`00D…!…`, `5Aep861…`, any run of 24 token characters) and named by its hash.
 *
 * @param options.salt of the fingerprints; default: 32 random bytes, never written anywhere.
 */
export function createRedactor(options: { readonly salt?: Buffer } = {}): SecretRedactor {
  const salt = (options.salt ?? randomBytes(32)).toString('hex');
  // Only four bytes of it are ever written.
  const salted = (raw: string): Buffer => hash('sha256', salt + raw, 'buffer');
  /** 48 bits of the hash → number of the label * 16 + index of its kind. */
  const labels = createLabelTable();
  const counts = new Map<SecretKind, number>();
  const recent = createRecentSecrets();
  /** Texts, or what is between known secrets, with nothing to hide and nothing inside: they come with every request. */
  const clean = createBoundedMap<string, true>(CLEAN);

  /** Of the newest values: each comes up several times while its request is recorded. */
  const newest = createBoundedMap<string, { readonly packed: number; readonly secret: Secret }>(NEWEST);
  const key = (digest: Buffer): number => digest.readUIntBE(0, 6);

  function nameOf(packed: number): string {
    const kind = KINDS[packed % 16] ?? 'VALUE';
    const number = Math.floor(packed / 16);
    return kind === 'SECRET' && number === 1 ? 'SECRET' : `${kind}#${String(number)}`;
  }

  function label(kind: SecretKind, raw: string): Secret {
    const known = newest.get(raw);
    if (known !== undefined && !isGuess(kind, known.packed)) return known.secret;
    const digest = salted(raw);
    const packed = labels.get(key(digest));
    // A token of the mock cannot appear in a text that is older than it; what a client makes up can, and hides in many writings.
    if (clean.size > 0 && isNews(kind, packed) && !hasSalesforceShape(raw)) clean.clear();
    return learn(kind, raw, digest, packed);
  }

  const isGuess = (kind: SecretKind, packed: number): boolean => packed % 16 === VALUE && kind !== 'VALUE';
  const isNews = (kind: SecretKind, packed: number | undefined): boolean =>
    packed === undefined || isGuess(kind, packed);

  function learn(kind: SecretKind, raw: string, digest: Buffer, known: number | undefined): Secret {
    let packed = known;
    if (packed === undefined || isGuess(kind, packed)) {
      if (packed !== undefined) recent.drop('VALUE', raw);
      const number = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, number);
      packed = number * 16 + KINDS.indexOf(kind);
      labels.set(key(digest), packed);
      recent.keep(kind, raw, nameOf(packed));
    }
    const secret = { label: nameOf(packed), fingerprint: digest.toString('hex', 0, 4), length: raw.length };
    if (raw.length <= LONGEST_RAW) newest.set(raw, { packed, secret });
    return secret;
  }

  /** Label of the first known secret inside what a run of base64 or hexadecimal digits stands for. */
  function inside(run: string, say: (name: string) => string): string | undefined {
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

  function hide(text: string, leaked: Set<string>): string {
    if (clean.has(text)) return text;
    const before = leaked.size;
    const hidden = hideUnknown(text, leaked);
    if (hidden === text && leaked.size === before && text.length <= LONGEST_CLEAN) clean.set(text, true);
    return hidden;
  }

  function hideUnknown(text: string, leaked: Set<string>): string {
    const say = (name: string): string => {
      leaked.add(name);
      return name;
    };
    const unknown = (run: string): string => {
      const known = newest.get(run);
      if (known !== undefined) return say(known.secret.label);
      const digest = salted(run);
      const packed = labels.get(key(salted(decoded(run)))) ?? labels.get(key(digest));
      // It looks like a token by itself: no text with it in it was ever clean.
      return say(packed === undefined ? learn('VALUE', run, digest, undefined).label : nameOf(packed));
    };
    const runs = (part: string): string => part.replace(TOKEN_RUN, (run) => (looksLikeToken(run) ? unknown(run) : run));
    const containers = (part: string): string => {
      let out = '';
      let from = 0;
      for (const match of part.matchAll(BASE64_RUN)) {
        const name = inside(match[0], say);
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
      // What a JWT carries is worth a word too.
      if (match[0].startsWith('eyJ')) for (const part of match[0].split('.')) inside(part, say);
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
    // A JWT is hidden whole, whatever it carries.
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

  return { label, redact };
}

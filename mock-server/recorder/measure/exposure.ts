/** Finds a verifier in parameters of the front channel, where it can be read by others (RFC 7636 §1, RFC 9700 §2.1.1). */
import { decoded } from '../redaction/encodings.ts';

/** Shorter matches inside a verifier are coincidence. */
const SHORTEST = 16;

interface Reading {
  /** How the text was decoded; empty for undecoded. */
  readonly by: string;
  readonly text: string;
}

/** Returns all readings of a text: unchanged, percent-decoded, base64, hexadecimal, the parts of a JWT. */
function readings(raw: string): readonly Reading[] {
  const all: Reading[] = [{ by: '', text: raw }];
  const percent = decoded(raw);
  if (percent !== raw) all.push({ by: 'percent', text: percent });
  for (const text of new Set([raw, percent])) {
    if (/^[\w+/-]{8,}={0,2}$/.test(text)) {
      const by = /[-_]/.test(text) || !/[+/=]/.test(text) ? 'base64url' : 'base64';
      all.push({ by, text: Buffer.from(text, 'base64').toString('utf8') });
    }
    if (/^(?:[0-9A-Fa-f]{2}){8,}$/.test(text)) all.push({ by: 'hex', text: Buffer.from(text, 'hex').toString('utf8') });
    const parts = text.split('.');
    if (parts.length >= 2)
      for (const part of parts.slice(0, 5))
        all.push({ by: 'JWT', text: Buffer.from(part, 'base64url').toString('utf8') });
  }
  return all;
}

/** Returns whether a text reveals the verifier. */
function reveals(verifier: string, text: string): boolean {
  if (text === verifier) return true;
  if (verifier.length >= SHORTEST && text.includes(verifier)) return true;
  return text.length >= SHORTEST && verifier.includes(text);
}

/**
 * Returns the parameters of the front channel that hold the verifier, or what the verifier decodes to:
 * `state`, `state (base64url)`, `login_hint (JWT)` …
 */
export function exposedIn(verifier: string, parameters: readonly (readonly [string, string])[]): readonly string[] {
  const found = new Set<string>();
  const mine = readings(verifier);
  for (const [name, value] of parameters) {
    const theirs = readings(value.slice(0, 8_192));
    const hit =
      theirs.find(({ text }) => reveals(verifier, text)) ??
      mine.find(({ by, text }) => by !== '' && reveals(text, value));
    if (hit) found.add(hit.by === '' ? name.slice(0, 64) : `${name.slice(0, 64)} (${hit.by})`);
  }
  return [...found];
}

/** Names secrets: the same value always gets the same label, without being kept. */
import { hash } from 'node:crypto';
import type { Secret, SecretKind } from '../../../src/history/label.ts';
import { createBoundedMap } from '../../bounded-map.ts';
import { decoded } from './encodings.ts';
import { createLabelTable } from './label-table.ts';
import { LONGEST_RAW, type RecentSecrets } from './recent-secrets.ts';
import { hasSalesforceShape } from './token-shape.ts';

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

/** Returns the label of a packed number and kind. */
function nameOf(packed: number): string {
  const kind = KINDS[packed % 16] ?? 'VALUE';
  const number = Math.floor(packed / 16);
  return kind === 'SECRET' && number === 1 ? 'SECRET' : `${kind}#${String(number)}`;
}

const isGuess = (kind: SecretKind, packed: number): boolean => packed % 16 === VALUE && kind !== 'VALUE';
const isNews = (kind: SecretKind, packed: number | undefined): boolean => packed === undefined || isGuess(kind, packed);

/** The labels of the values that were named. */
export interface SecretNames {
  /** Names a value, and keeps it among the recent secrets when it is new. */
  label(kind: SecretKind, raw: string): Secret;
  /** Returns the label of a run of characters that looks like a token by itself, whether it was named before or not. */
  nameOfRun(run: string): string;
}

/** What names are made with. */
export interface SecretNameParts {
  /** Salt of the fingerprints, in hexadecimal digits. */
  readonly salt: string;
  readonly recent: Pick<RecentSecrets, 'keep' | 'drop'>;
  /** Called when a value was named for the first time that a client may have made up, and hidden in a text before. */
  readonly onMadeUp: () => void;
}

/** Returns the names of one run: none at first. */
export function createSecretNames({ salt, recent, onMadeUp }: SecretNameParts): SecretNames {
  // Only four bytes of it are ever written.
  const salted = (raw: string): Buffer => hash('sha256', salt + raw, 'buffer');
  /** 48 bits of the hash → number of the label * 16 + index of its kind. */
  const labels = createLabelTable();
  const counts = new Map<SecretKind, number>();
  /** Of the newest values: each comes up several times while its request is recorded. */
  const newest = createBoundedMap<string, { readonly packed: number; readonly secret: Secret }>(NEWEST);
  const key = (digest: Buffer): number => digest.readUIntBE(0, 6);

  function label(kind: SecretKind, raw: string): Secret {
    const known = newest.get(raw);
    if (known !== undefined && !isGuess(kind, known.packed)) return known.secret;
    const digest = salted(raw);
    const packed = labels.get(key(digest));
    // A token of the mock cannot appear in a text that is older than it; what a client makes up can, and hides in many writings.
    if (isNews(kind, packed) && !hasSalesforceShape(raw)) onMadeUp();
    return learn(kind, raw, digest, packed);
  }

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

  return {
    label,
    nameOfRun(run) {
      const known = newest.get(run);
      if (known !== undefined) return known.secret.label;
      const digest = salted(run);
      const packed = labels.get(key(salted(decoded(run)))) ?? labels.get(key(digest));
      // It looks like a token by itself: no text with it in it was ever clean.
      return packed === undefined ? learn('VALUE', run, digest, undefined).label : nameOf(packed);
    },
  };
}

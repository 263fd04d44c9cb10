/** Labels secrets: the same value always gets the same label without being kept. */
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
/** Number of newest values that are labelled without a look-up. */
const NEWEST = 256;

/** Returns the label of a packed number and kind. */
function nameOf(packed: number): string {
  const kind = KINDS[packed % 16] ?? 'VALUE';
  const number = Math.floor(packed / 16);
  return kind === 'SECRET' && number === 1 ? 'SECRET' : `${kind}#${String(number)}`;
}

const isGuess = (kind: SecretKind, packed: number): boolean => packed % 16 === VALUE && kind !== 'VALUE';
const isNews = (kind: SecretKind, packed: number | undefined): boolean => packed === undefined || isGuess(kind, packed);

/** The labels of the values so far. */
export interface SecretNames {
  /** Returns the label of a value, and keeps a new value among the recent secrets. */
  label(kind: SecretKind, raw: string): Secret;
  /** Returns the label of a run of characters that looks like a token, whether it was labelled before or not. */
  nameOfRun(run: string): string;
}

/** What labels are made with. */
export interface SecretNameParts {
  /** Salt of the fingerprints, in hexadecimal digits. */
  readonly salt: string;
  readonly recent: Pick<RecentSecrets, 'keep' | 'drop'>;
  /** Called when a value that a client may have made up is labelled for the first time, because an earlier text may contain it. */
  readonly onMadeUp: (raw: string) => void;
}

/** Creates the labels of one run. */
export function createSecretNames({ salt, recent, onMadeUp }: SecretNameParts): SecretNames {
  // Only four bytes of it are ever written.
  const salted = (raw: string): Buffer => hash('sha256', salt + raw, 'buffer');
  /** 48 bits of the hash → number of the label * 16 + index of its kind. */
  const labels = createLabelTable();
  const counts = new Map<SecretKind, number>();
  /** Labels of the newest values, each of which occurs several times while its request is recorded. */
  const newest = createBoundedMap<string, { readonly packed: number; readonly secret: Secret }>(NEWEST);
  const key = (digest: Buffer): number => digest.readUIntBE(0, 6);

  function label(kind: SecretKind, raw: string): Secret {
    const known = newest.get(raw);
    if (known !== undefined && !isGuess(kind, known.packed)) return known.secret;
    const digest = salted(raw);
    const packed = labels.get(key(digest));
    // A token of the mock cannot occur in an earlier text; a value that a client made up can, in many encodings.
    if (isNews(kind, packed) && !hasSalesforceShape(raw)) onMadeUp(raw);
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
      // It looks like a token, so no text that contains it was ever considered clean.
      return packed === undefined ? learn('VALUE', run, digest, undefined).label : nameOf(packed);
    },
  };
}

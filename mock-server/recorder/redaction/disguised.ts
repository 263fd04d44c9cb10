/** Finds known secrets that a text contains in another form: escaped, split, in another case, as numbers. */
import { isMadeOfWords } from './token-shape.ts';
import { createSecretIndex, type SecretIndex } from './secret-index.ts';
import { asItIs, only, part, readThrough, replace, skeletonOf, type Reading } from './reading.ts';

/** A part of a text that reveals a secret. */
export interface Disguised {
  readonly start: number;
  readonly end: number;
  /** Label of the secret: `RT#3`. */
  readonly label: string;
}

/** The secrets to look for in other forms. */
export interface DisguisedSecrets {
  add(raw: string, label: string): void;
  remove(raw: string): void;
  /** Returns the parts of a text that reveal a secret, in order, without overlap. */
  find(text: string): readonly Disguised[];
}

/** Secrets with fewer letters and digits would be found by chance. */
const SHORTEST_SKELETON = 12;
/** A shorter skeleton is searched for with its punctuation and case, when the secret has this length. */
const SHORTEST_EXACT = 12;
/** Most characters of a text that are searched: more than is ever recorded of one. */
const LONGEST = 524_288;
/** Most nested encodings that are decoded. */
const DEPTH = 3;

/** An encoding of bytes: where it may begin and end, how often to start one character later, and its decoded form. */
interface Container {
  readonly pattern: RegExp;
  readonly alignments: number;
  readonly open: (written: Reading) => Reading;
}

const CONTAINERS: readonly Container[] = [
  {
    pattern: /(?:\d{1,3}\s*[,;\s]\s*){7,}\d{1,3}/g,
    alignments: 1,
    open: (written) => only(written, /\d+/g, ([digits]) => String.fromCharCode(Number(digits) % 256)),
  },
  {
    pattern: /(?:(?:0x)?[0-9a-f]{2}[\s,:;._-]{0,3}){7,}(?:0x)?[0-9a-f]{2}/gi,
    alignments: 2,
    open: (written) =>
      only(written, /(?:0x)?([0-9a-f]{2})/gi, ([, digits]) => String.fromCharCode(Number.parseInt(digits ?? '', 16))),
  },
  {
    // Octal escapes: not one of the escapes of a text, because what they leave of a text that is escaped twice, `\\\\u0041`, looks like one.
    pattern: /(?:\\[0-7]{1,4}){7,}/g,
    alignments: 1,
    open: (written) =>
      only(written, /\\(?:0(?=1[0-7]{2}))?([0-3]?[0-7]{1,2})/g, ([, digits]) =>
        String.fromCharCode(Number.parseInt(digits ?? '', 8)),
      ),
  },
  {
    // Quoted-printable (RFC 2045 §6.7), in whole or in part: not one of the escapes, because a value may follow any equals sign. It begins
    // where a run of characters begins, so each run is looked at once.
    pattern: /(?<![!-~])[!-~]*?=[0-9A-Fa-f]{2}[!-~]*/g,
    alignments: 1,
    open: (written) =>
      replace(written, /=([0-9A-Fa-f]{2})/g, ([, digits]) => String.fromCharCode(Number.parseInt(digits ?? '', 16))),
  },
  {
    pattern: /[A-Za-z0-9+/_-]{12,}={0,2}/g,
    alignments: 4,
    open: (written) => only(written, /^.*$/gs, ([all]) => Buffer.from(all, 'base64').toString('latin1')),
  },
];

/** Returns the letters and digits of a text, in lower case. */
export const bare = (raw: string): string => raw.replace(/[^A-Za-z0-9]+/g, '').toLowerCase();

/** Creates an empty collection; the values stay in memory until they are removed. */
export function createDisguisedSecrets(): DisguisedSecrets {
  const known: Known = { skeletons: createSecretIndex(), exact: createSecretIndex() };
  return {
    add(raw, label) {
      const skeleton = bare(raw);
      // Words in another case or with other separators are prose.
      if (isMadeOfWords(raw.replace(/\d{1,4}$/, ''))) return;
      if (skeleton.length >= SHORTEST_SKELETON) known.skeletons.add(skeleton, label);
      else if (raw.length >= SHORTEST_EXACT) known.exact.add(raw, label);
    },
    remove(raw) {
      known.skeletons.remove(bare(raw));
      known.exact.remove(raw);
    },
    find(text) {
      if (text.length < SHORTEST_SKELETON) return [];
      const bounded = text.slice(0, LONGEST);
      // Nearly every text has none. Where a secret is, is worked out once it is known that there is one.
      if (search(readThrough({ text: bounded }), known, DEPTH).length === 0) return [];
      return inOrder(search(readThrough(asItIs(bounded)), known, DEPTH));
    },
  };
}

interface Known {
  /** Letters and digits only, in lower case. */
  readonly skeletons: SecretIndex;
  readonly exact: SecretIndex;
}

function search(reading: Reading, known: Known, depth: number): readonly Disguised[] {
  if (reading.text.length < SHORTEST_SKELETON) return [];
  const found = [...inReading(skeletonOf(reading), known.skeletons), ...inReading(reading, known.exact)];
  if (depth === 0) return found;
  for (const alignments of contents(reading)) {
    for (const content of alignments) {
      const inner = search(content, known, depth - 1);
      found.push(...inner);
      if (inner.length > 0) break;
    }
  }
  return found;
}

/** Yields what each container in a text stands for: in every alignment that its bytes may have. */
function* contents(reading: Reading): Generator<Iterable<Reading>> {
  for (const { pattern, alignments, open } of CONTAINERS)
    for (const { index: begin, 0: all } of reading.text.matchAll(pattern))
      yield Array(alignments)
        .keys()
        .map((skipped) => readThrough(open(part(reading, begin + skipped, begin + all.length))));
}

/** Returns all that a text can be read as: as it is and its letters and digits alone, and what is in it, a line each. */
export function everyReading(text: string): string {
  const lines: string[] = [];
  const read = (reading: Reading, depth: number): void => {
    lines.push(reading.text, skeletonOf(reading).text);
    if (depth === 0) return;
    for (const alignments of contents(reading)) for (const content of alignments) read(content, depth - 1);
  };
  read(readThrough({ text }), DEPTH);
  return lines.join('\n');
}

function* inReading({ text, places }: Reading, index: SecretIndex): Generator<Disguised> {
  for (let at = 0; at < text.length; at += 1) {
    const hit = index.at(text, at);
    if (hit === undefined) continue;
    const last = at + hit.length - 1;
    yield { start: places?.starts[at] ?? 0, end: places?.ends[last] ?? 0, label: hit.label };
    at = last;
  }
}

/** Merges overlapping parts: the one that begins first is kept and extended. */
function inOrder(found: readonly Disguised[]): readonly Disguised[] {
  const out: Disguised[] = [];
  for (const one of [...found].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last === undefined || one.start >= last.end) out.push(one);
    else if (one.end > last.end) out[out.length - 1] = { ...last, end: one.end };
  }
  return out;
}

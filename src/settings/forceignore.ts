/** Matches paths against a `.forceignore` file, which has the syntax of `.gitignore` (gitignore(5)). */

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one'; readonly matches: (character: string) => boolean }
  /** Any number of characters except slashes. */
  | { readonly kind: 'star' }
  /** Any number of whole folders, including the slash after them. */
  | { readonly kind: 'folders' }
  /** One or more characters, slashes included. */
  | { readonly kind: 'rest' };

interface Rule {
  readonly negated: boolean;
  readonly foldersOnly: boolean;
  readonly tokens: readonly Token[];
}

/** Returns a function that decides whether a path is ignored: relative to the folder of the file, with `/` between folders. The last
 * matching line decides. */
export function ignoreMatcher(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => readRule(line))
    .filter((rule) => rule !== undefined);
  const matches = (path: string, isFolder: boolean): boolean => {
    const last = rules.findLast((rule) => (isFolder || !rule.foldersOnly) && matchesGlob(rule.tokens, path));
    return last !== undefined && !last.negated;
  };
  return (path) => {
    const parts = path.split('/');
    // A later line cannot re-include files of an ignored folder.
    return parts.some((_, index) => matches(parts.slice(0, index + 1).join('/'), index < parts.length - 1));
  };
}

function readRule(line: string): Rule | undefined {
  let pattern = line.replace(/(?<!\\) +$/, '');
  if (pattern === '' || pattern.startsWith('#')) return undefined;
  const negated = pattern.startsWith('!');
  if (negated) pattern = pattern.slice(1);
  const foldersOnly = pattern.endsWith('/');
  pattern = pattern.replace(/\/$/, '');
  // A pattern with a slash at its beginning or in its middle is relative to the file's folder; others match at any depth.
  const anchored = pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`;
  const tokens = readTokens(anchored);
  return tokens === undefined ? undefined : { negated, foldersOnly, tokens };
}

/** Returns undefined for a pattern that matches nothing, such as one with an open bracket. */
function readTokens(pattern: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let index = 0; index < pattern.length;) {
    const rest = pattern.slice(index);
    const isStart = index === 0 || pattern[index - 1] === '/';
    const folders = isStart ? /^(?:\*\*\/)+/.exec(rest)?.[0] : undefined;
    const stars = /^\*+/.exec(rest)?.[0];
    if (folders !== undefined) {
      tokens.push({ kind: 'folders' });
      index += folders.length;
    } else if (isStart && rest === '**') {
      tokens.push({ kind: 'rest' });
      index += 2;
    } else if (stars !== undefined) {
      tokens.push({ kind: 'star' });
      index += stars.length;
    } else if (rest.startsWith('?')) {
      tokens.push({ kind: 'one', matches: (character) => character !== '/' });
      index += 1;
    } else if (rest.startsWith('[')) {
      const set = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest);
      if (set === null) return undefined;
      const [whole, negation, members = ''] = set;
      const isMember = readSet(members);
      tokens.push({ kind: 'one', matches: (one) => one !== '/' && isMember(one) === (negation === '') });
      index += whole.length;
    } else {
      const escaped = rest.startsWith('\\') && rest.length > 1 ? 1 : 0;
      tokens.push({ kind: 'text', text: rest.charAt(escaped) });
      index += 1 + escaped;
    }
  }
  return tokens;
}

/** Reads the members of a set such as `[a-z_]`. */
function readSet(members: string): (character: string) => boolean {
  const ranges = [...members.matchAll(/\\?([^])-\\?([^])|\\?([^])/g)].map(
    ([, from, to, single]) => [from ?? single ?? '', to ?? single ?? ''] as const,
  );
  return (character) => ranges.some(([from, to]) => from <= character && character <= to);
}

/** Follows all positions at once, so that no pattern takes longer than its length times the length of the path. */
function matchesGlob(tokens: readonly Token[], path: string): boolean {
  let positions = new Set([0]);
  for (const token of tokens) {
    positions = new Set([...after(token, path, positions)]);
    if (positions.size === 0) return false;
  }
  return positions.has(path.length);
}

function* after(token: Token, path: string, from: ReadonlySet<number>): Generator<number> {
  switch (token.kind) {
    case 'text':
      for (const at of from) if (path.startsWith(token.text, at)) yield at + token.text.length;
      return;
    case 'one':
      for (const at of from) if (at < path.length && token.matches(path.charAt(at))) yield at + 1;
      return;
    case 'rest': {
      const first = Math.min(...from);
      for (let at = first + 1; at <= path.length; at += 1) yield at;
      return;
    }
    case 'star':
      yield* from;
      for (let at = 0, reached = false; at < path.length; at += 1) {
        reached = (reached || from.has(at)) && path.charAt(at) !== '/';
        if (reached) yield at + 1;
      }
      return;
    case 'folders': {
      yield* from;
      const first = Math.min(...from);
      for (let at = first; at < path.length; at += 1) if (path.charAt(at) === '/') yield at + 1;
    }
  }
}

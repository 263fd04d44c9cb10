/** Finds the authorization URL that a command-line client prints for its user. */

export interface PrintedUrlWatch {
  /** A line of standard output. */
  line(text: string): void;
  /** The beginning of a line that has not ended yet: a prompt, perhaps. */
  partial(text: string): void;
  close(): void;
}

/** A line that has not grown for so long is a prompt that waits for its user. */
const promptMs = 250;

/** Calls `onUrl` with each authorization URL that is printed. */
export function watchPrinted(loginUrl: string, onUrl: (url: string) => void): PrintedUrlWatch {
  let timer: NodeJS.Timeout | undefined;
  const line = (text: string): void => {
    clearTimeout(timer);
    const url = findPrintedUrl(text, loginUrl);
    if (url !== undefined) onUrl(url);
  };
  return {
    line,
    partial(text) {
      clearTimeout(timer);
      // It may have stopped in the middle of the URL, unless a space follows.
      if (/\s$/.test(text)) line(text);
      else timer = setTimeout(() => line(text), promptMs);
    },
    close: () => clearTimeout(timer),
  };
}

/**
 * Returns the first URL in `text` that begins with `loginUrl` and has a query: an authorization request has one (RFC 6749 §4.1.1), a
 * greeting such as "Connecting to https://…" has not. Punctuation that closes a sentence or a bracket is no part of it.
 * However long the text is and whatever is in it, no part of it is read more than a few times.
 */
export function findPrintedUrl(text: string, loginUrl: string): string | undefined {
  let at = text.indexOf(loginUrl);
  while (at !== -1) {
    const end = endOfUrl(text, at);
    const query = at + text.slice(at, end).lastIndexOf('?');
    for (; at !== -1 && at < end; at = text.indexOf(loginUrl, at + 1)) {
      const rest = at + loginUrl.length;
      if ('/?'.includes(text.charAt(rest)) && rest < end && query >= rest) return text.slice(at, end);
    }
  }
  return undefined;
}

/** Ends at what no URL holds, and at a control character: terminals' colour codes begin with one. */
function endOfUrl(text: string, at: number): number {
  NO_URL.lastIndex = at;
  let end = NO_URL.exec(text)?.index ?? text.length;
  while ('.,;:!?)]'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

// eslint-disable-next-line no-control-regex -- that is what it looks for
const NO_URL = /[\s"'<>`\\^{|}\u0000-\u001f\u007f]/g;

/** Finds the authorization URL that a command-line client prints for its user. */

/** Takes the output of a command; made by `watchPrinted`. */
export interface PrintedUrlWatch {
  /** Takes a line of standard output. */
  line(text: string): void;
  /** Takes the beginning of an unfinished line, which may be a prompt. */
  partial(text: string): void;
  close(): void;
}

/** Milliseconds after which a line that has not grown is a prompt waiting for its user. */
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
      // The line may have stopped in the middle of the URL, unless a space follows.
      if (/\s$/.test(text)) line(text);
      else timer = setTimeout(() => line(text), promptMs);
    },
    close: () => clearTimeout(timer),
  };
}

/** Returns the first URL in `text` that begins with `loginUrl` and has a query: an authorization request has one (RFC 6749 §4.1.1), a
 * greeting such as "Connecting to https://…" does not. Punctuation that closes a sentence or a bracket is left out. Runs in linear time
 * on any text. */
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

/** Returns the end of a URL: at a character that URLs do not contain, or a control character, with which terminals' colour codes begin. */
function endOfUrl(text: string, at: number): number {
  NO_URL.lastIndex = at;
  let end = NO_URL.exec(text)?.index ?? text.length;
  while ('.,;:!?)]'.includes(text.charAt(end - 1))) end -= 1;
  return end;
}

// eslint-disable-next-line no-control-regex -- that is what it looks for
const NO_URL = /[\s"'<>`\\^{|}\u0000-\u001f\u007f]/g;

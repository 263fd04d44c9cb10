/** Recognizes output of an adapter that was meant as an answer or event and is invalid, to report it when no valid answer comes in time.
 * Pure. */

/** Number of characters of a line that are shown. */
const shown = 200;
/** Matches keys that only lines of the protocol have. */
const LIKE_OURS = /["'](?:event|ok|unsupported)["']\s*:/;

/** Finds the line that was meant as an answer and could not be read.
 * @returns the line and its fault as a clause; undefined for a line that was hardly meant for the harness. */
export function misread(text: string): string | undefined {
  const why = fault(text);
  return why === undefined ? undefined : sentence(text, why);
}

/** Describes a line that has no end yet and so was not read. */
export function unended(text: string): string | undefined {
  return LIKE_OURS.test(text) ? sentence(text, 'no line break after it') : undefined;
}

const sentence = (text: string, why: string): string =>
  `it wrote ${text.trim().slice(0, shown)} on standard output, but ${why}`;

function fault(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return LIKE_OURS.test(text) ? 'an answer or event is one JSON object, alone on a line of its own' : undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if ('event' in value) {
    if (value.event !== 'open') return 'the only event is `open`';
    const url = 'url' in value ? value.url : undefined;
    return typeof url === 'string' && URL.canParse(url) ? undefined : 'the `url` of an event is a whole URL';
  }
  if (!('id' in value)) return LIKE_OURS.test(text) ? 'an answer carries the `id` of its request' : undefined;
  if (typeof value.id !== 'number') return 'the `id` of an answer is the number of its request, without quotes';
  if ('ok' in value && typeof value.ok !== 'boolean') return '`ok` is true or false, without quotes';
  if (!('ok' in value) && !('unsupported' in value)) return 'an answer has `ok`, or `unsupported`';
  return 'no request with this `id` waits for an answer';
}

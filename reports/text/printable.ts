/** Makes client text safe to read: bounded, well-formed Unicode, without escape sequences or invisible characters that change how the rest
 * is read. Each format also escapes for its own syntax. */

/** ANSI escape sequences: CSI, OSC and the two-character ones (ECMA-48 §5.4, §5.6). */
const ANSI = new RegExp(
  String.raw`[\u001b\u009b](?:\][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\)?` +
    String.raw`|[[()#;?]{0,4}(?:\d{1,4}(?:[;:]\d{0,4}){0,32})?[\u0020-\u002f]{0,4}[A-PR-TZcf-ntqry=><~@]?)`,
  'g',
);

/** C0 and C1 controls except tab and line feed; line and paragraph separators; noncharacters at the end of the plane. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/** Bidirectional controls, zero-width characters and tags, which make text look like other text (Unicode TR36 §2.5). */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** Factor on a renderer's limit, in UTF-16 units, for the part of a text that is examined before it is cut. */
const LOOK_AHEAD = 4;

/** Cuts a text at `limit` characters, never inside a surrogate pair, and adds how much is missing. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return `${text.slice(0, end)}… (${String(text.length - end)} more characters)`;
}

/** Replaces control characters and those that hide or reverse text by U+FFFD. */
export function readable(text: string): string {
  return text.toWellFormed().replace(CONTROL, '\ufffd').replace(INVISIBLE, '\ufffd');
}

/** Makes a text safe to print: several lines are allowed; control characters become U+FFFD, escape sequences are removed. */
export function printable(text: string, limit = 2000): string {
  const ahead = text.length > limit * LOOK_AHEAD ? text.slice(0, limit * LOOK_AHEAD) : text;
  const clean = readable(ahead.toWellFormed().replaceAll('\r\n', '\n').replace(ANSI, ''));
  const cut = text.length - ahead.length;
  if (cut === 0) return clip(clean, limit);
  const shown = clip(clean, limit);
  return shown.length > limit ? shown : `${shown}… (${String(cut)} more characters)`;
}

/** Makes a text safe to print, as `printable`, and joins its lines. */
export function oneLine(text: string, limit = 500): string {
  return printable(text, limit).replace(/\s+/g, ' ').trim();
}

/** The shapes in which a secret can appear in a URL, a form, a log line or a JSON text. */

const strict = (text: string): string =>
  text.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const lower = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/** Percent-encodes a value as `encodeURIComponent`, but does not throw for a lone surrogate. */
export const percent = (raw: string): string => encodeURIComponent(raw.toWellFormed());

/** Returns what `application/x-www-form-urlencoded` makes of a value. */
export const form = (raw: string): string => new URLSearchParams([['', raw]]).toString().slice(1);

/** Decodes percent-encoding or form-encoding; returns the text itself when it was not encoded, or badly. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns every distinct way in which the value is commonly written, the raw one first: percent-encoded (once, twice, the five
 * characters `!'()*` too, digits in both cases), form-encoded, inside a JSON string, inside HTML. Base64 is not here: what is
 * base64 in a text is decoded and looked into instead, so that a secret inside `id:secret` is found as well. */
export function writings(raw: string): readonly string[] {
  if (/^[\w.~-]*$/.test(raw)) return raw.includes('~') ? [raw, form(raw), lower(form(raw))] : [raw];
  const once = percent(raw);
  const json = JSON.stringify(raw).slice(1, -1);
  const all = [once, strict(once), form(raw), percent(once), strict(percent(strict(once)))];
  const html = raw.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  return [...new Set([raw, ...all, ...all.map(lower), json, json.replaceAll('/', '\\/'), html])];
}

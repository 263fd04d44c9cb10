/** Encodes secrets in the forms in which they appear in a URL, a form, a log line or a JSON text. */

const strict = (text: string): string =>
  text.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const lower = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());

/** Percent-encodes a value like `encodeURIComponent`, without throwing for a lone surrogate. */
export const percent = (raw: string): string => encodeURIComponent(raw.toWellFormed());

/** Returns a value in `application/x-www-form-urlencoded`. */
export const form = (raw: string): string => new URLSearchParams([['', raw]]).toString().slice(1);

/** Decodes percent-encoding or form-encoding; returns the text unchanged when it is not encoded or invalid. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns every common encoding of a value, the raw one first: percent-encoded (once, twice, with the five characters `!'()*`, digits in
 * both cases), form-encoded, inside a JSON string, inside HTML. Base64 is not included: base64 in a text is decoded and searched, so that
 * a secret inside `id:secret` is found as well. */
export function writings(raw: string): readonly string[] {
  if (/^[\w.~-]*$/.test(raw)) return raw.includes('~') ? [raw, form(raw), lower(form(raw))] : [raw];
  const once = percent(raw);
  const json = JSON.stringify(raw).slice(1, -1);
  const all = [once, strict(once), form(raw), percent(once), strict(percent(strict(once)))];
  const html = raw.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  return [...new Set([raw, ...all, ...all.map(lower), json, json.replaceAll('/', '\\/'), html])];
}

/** The text of an XML file (XML 1.0 §4.3.3): a byte order mark decides the encoding, otherwise it is UTF-8. Other encodings are not
 * guessed. */

/** The text of a file, or why it could not be decoded. */
export type Decoded = { readonly text: string; readonly encoding: 'utf-8' | 'utf-16' } | { readonly problem: string };

/** Decodes an XML file, without its byte order mark. Never throws. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  const name =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(name, { fatal: true }).decode(bytes);
    return { text, encoding: name === 'utf-8' ? 'utf-8' : 'utf-16' };
  } catch {
    return { problem: `The file is not valid ${name.toUpperCase()}.` };
  }
}

/** Returns whether a decoded text may declare `encoding` in its XML declaration. */
export function agrees(declared: string, encoding: 'utf-8' | 'utf-16', text: string): boolean {
  const name = declared.toLowerCase();
  if (encoding === 'utf-16') return name.startsWith('utf-16');
  if (name === 'utf-8' || name === 'utf8') return true;
  // These encodings agree with UTF-8 for ASCII text only.
  return /^(?:us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d)$/.test(name) && /^\p{ASCII}*$/u.test(text);
}

/** Reads and escapes the XML of SOAP and Bulk calls. */

const LONGEST = 256 * 1024;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Returns the text of the first element with that local name and without child elements; entities are resolved, a DTD is not read. */
export function elementOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<(?:[\\w-]{1,32}:)?${name}(?:\\s[^<>]{0,512})?>([^<]{0,65536})</`).exec(
    xml.slice(0, LONGEST),
  )?.[1];
  return found?.trim().replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

/** Characters that XML 1.0 §2.2 does not allow; they become U+FFFD. */
// eslint-disable-next-line no-control-regex -- that is what it looks for
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Makes a text safe inside XML. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNSPEAKABLE, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

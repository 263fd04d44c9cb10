/** The little XML that SOAP and Bulk calls need: the text of one element, and texts made safe. */

const LONGEST = 256 * 1024;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text inside the first element of that local name that has no elements inside; entities resolved, no DTD. */
export function elementOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<(?:[\\w-]{1,32}:)?${name}(?:\\s[^<>]{0,512})?>([^<]{0,65536})</`).exec(
    xml.slice(0, LONGEST),
  )?.[1];
  return found?.trim().replace(/&(\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Maps references to addresses. */

/** Returns the address of `RFC 7636 §4.3` or `RFC 6749 Appendix B`; undefined for other references. */
export function referenceUrl(reference: string): string | undefined {
  const [, number, section, appendix] = /^RFC (\d+)(?: §([\d.]*\d)| Appendix ([A-Z](?:\.\d+)*))?/.exec(reference) ?? [];
  if (number === undefined) return undefined;
  const place = section === undefined ? (appendix === undefined ? '' : `#appendix-${appendix}`) : `#section-${section}`;
  return `https://www.rfc-editor.org/rfc/rfc${number}${place}`;
}

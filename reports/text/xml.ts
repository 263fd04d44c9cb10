/** Escapes client text for XML 1.0: only characters that the standard allows (§2.2), bounded. */
import { printable } from './printable.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Returns a quoted attribute value; line feeds survive as character references (XML 1.0 §3.3.3). */
export function attribute(text: string, limit = 2000): string {
  return `"${printable(text, limit).replace(/[&<>"'\n\t]/g, (one) => ESCAPES[one] ?? one)}"`;
}

/** Returns the character data of an element. */
export function content(text: string, limit = 8000): string {
  return printable(text, limit).replace(/[&<>]/g, (one) => ESCAPES[one] ?? one);
}

/** Colours of the terminal. Each verdict also has a mark and a word. */
export interface Palette {
  bad(text: string): string;
  unsure(text: string): string;
  good(text: string): string;
  quiet(text: string): string;
  bold(text: string): string;
  dim(text: string): string;
}

/** Returns functions that colour a text with Select Graphic Rendition codes (ECMA-48 §8.3.117); without `color` they return the text
 * unchanged. */
export function palette(color: boolean): Palette {
  const sgr = (open: number, close: number) => (text: string) =>
    color ? `\u001b[${String(open)}m${text}\u001b[${String(close)}m` : text;
  return {
    bad: sgr(31, 39),
    unsure: sgr(33, 39),
    good: sgr(32, 39),
    quiet: sgr(36, 39),
    bold: sgr(1, 22),
    dim: sgr(2, 22),
  };
}

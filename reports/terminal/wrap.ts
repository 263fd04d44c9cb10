/** Breaks a line at spaces so that no row is wider than `width`. Longer words are broken without a hyphen. Leading spaces are kept. */
export function wrap(line: string, width: number, indent: string): string[] {
  const room = Math.max(20, width - indent.length);
  const rows: string[] = [];
  let row = '';
  for (const { text, glue } of line.split(' ').flatMap((word) => pieces(word, room))) {
    if (row !== '' && row.length + glue.length + text.length > room) {
      rows.push(indent + row);
      row = text;
    } else row = row === '' && rows.length === 0 ? row + text : row === '' ? text : row + glue + text;
  }
  return [...rows, indent + row];
}

interface Piece {
  readonly text: string;
  /** Text between this piece and the one before. */
  readonly glue: '' | ' ';
}

function pieces(word: string, room: number): readonly Piece[] {
  if (word.length <= room) return [{ text: word, glue: ' ' }];
  const characters = Array.from(word);
  const size = Math.floor(room / 2);
  const parts: Piece[] = [];
  for (let at = 0; at < characters.length; at += size)
    parts.push({ text: characters.slice(at, at + size).join(''), glue: at === 0 ? ' ' : '' });
  return parts;
}

/** Breaks a line at spaces so that no row is wider than `width`; words that are longer are broken. Spaces at the beginning stay. */
export function wrap(line: string, width: number, indent: string): string[] {
  const room = Math.max(20, width - indent.length);
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ').flatMap((text) => pieces(text, room))) {
    if (row !== '' && row.length + 1 + word.length > room) {
      rows.push(indent + row);
      row = word;
    } else row = row === '' && rows.length === 0 ? row + word : row === '' ? word : `${row} ${word}`;
  }
  return [...rows, indent + row];
}

function pieces(word: string, room: number): string[] {
  if (word.length <= room) return [word];
  const characters = Array.from(word);
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += Math.floor(room / 2))
    parts.push(characters.slice(at, at + Math.floor(room / 2)).join(''));
  return parts;
}

/** Builds the curl command that repeats a request from the request shown on the page. */

/** Returns the command for a POSIX shell. */
export function commandOf(request: HTMLElement): string {
  const [method = '', ...path] = textOf(request.querySelector('.line code')).split(' ');
  const headers = pairs(request, 'Headers');
  const query = new URLSearchParams(pairs(request, 'Query').map(([name, value]) => [name, value])).toString();
  const [, host = 'localhost'] = headers.find(([name]) => name.toLowerCase() === 'host') ?? [];
  const url = `http://${host}${path.join(' ')}${query === '' ? '' : `?${query}`}`;
  return [
    `curl --globoff --request ${quoted(method)} ${quoted(url)}`,
    ...headers
      .filter(([name]) => !/^(host|content-length|connection|transfer-encoding)$/i.test(name))
      .map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`),
    ...pairs(request, 'Body').map(
      ([name, value]) => `--data-urlencode ${quoted(`${encodeURIComponent(name)}=${value}`)}`,
    ),
  ].join(' ');
}

/** Returns names and values of the table with this caption; a secret's value is its label. */
function pairs(request: HTMLElement, caption: string): readonly (readonly [string, string])[] {
  return [...request.querySelectorAll('table')]
    .filter((table) => textOf(table.caption) === caption)
    .flatMap((table) => [...table.rows])
    .filter(({ cells }) => cells.length === 2)
    .map(({ cells: [name, value] }) => [textOf(name), textOf(value?.querySelector('.secret') ?? value)]);
}

const textOf = (node: Node | null | undefined): string => node?.textContent?.trim() ?? '';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

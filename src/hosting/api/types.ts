/** Media types of a report's files, by file extension. */
export const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  jsonl: 'application/jsonl',
  xml: 'application/xml',
  md: 'text/markdown; charset=utf-8',
  svg: 'image/svg+xml',
};

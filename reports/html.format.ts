/** Renders `index.html`: the report as one self-contained page that opens from a disk and can be read without network and without script. */
import type { Format } from './format.ts';
import { renderPage } from './html/page.ts';

/** Renders `index.html`. */
export const format: Format = { id: 'html', file: 'index.html', render: renderPage };

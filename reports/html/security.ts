/** Computes the page's Content Security Policy, which allows nothing but the embedded style and script. */
import { createHash } from 'node:crypto';

const source = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Returns the Content Security Policy for a page with one style and one script, both inline (CSP Level 3 §2.3.1). */
export function contentSecurityPolicy({ style, script }: { readonly style: string; readonly script: string }): string {
  return [
    "default-src 'none'",
    `style-src ${source(style)}`,
    `script-src ${source(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

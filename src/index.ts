/** Public exports of the package. */
export { defineConfig } from './config/define.ts';
export type { ConfigInput } from './config/schema.ts';
export type { Report } from './grade/report.ts';

/** The report formats of docs/contract.md. */
export const FORMAT_NAMES = ['html', 'json', 'junit', 'markdown', 'sarif', 'ctrf', 'har', 'badge'] as const;

/** The report formats of the contract (section 5). */
export const FORMAT_NAMES = ['html', 'json', 'junit', 'markdown', 'sarif', 'ctrf', 'har', 'badge'] as const;

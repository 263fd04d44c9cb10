/** Ties an API request to its call by a marker, for clients that pass it on (docs/contract.md, section 4). */

const MARKER = /(?<![\w-])sf-call-\d{1,6}(?![\w-])/u;

/** Returns the marker of a call, by the number of its action within the scenario: `sf-call-17`. */
export const callMarker = (action: number): string => `sf-call-${String(action)}`;

/** Finds the marker of a call in the value of a header or a parameter; undefined when there is none. */
export const findCallMarker = (value: string): string | undefined => MARKER.exec(value)?.[0];

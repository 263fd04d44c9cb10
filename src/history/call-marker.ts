/** Markers that tie an API request to the call it belongs to, for clients that pass them on (contract, section 4). */

const MARKER = /(?<![\w-])sf-call-\d{1,6}(?![\w-])/u;

/** Returns the marker of a call, by the number of its action within the scenario: `sf-call-17`. */
export const callMarker = (action: number): string => `sf-call-${String(action)}`;

/** Finds the marker of a call in the value of a header or a parameter; undefined when there is none. */
export const findCallMarker = (value: string): string | undefined => MARKER.exec(value)?.[0];

/** Keeps the mock from being taken for the real platform: every page says what it is, and every answer has a header that does. */

/** The sentence on every page. */
export const DISCLOSURE = 'This is a mock for conformance tests, not Salesforce.';

/** Name of the header of every answer: texts and JSON have bodies as on the platform. */
export const DISCLOSURE_HEADER = 'X-SF-Conformance-Mock';

/** Name of the header of a refusal by the policy: the rule's name and the requirement that it rests on, or `platform`. */
export const RULE_HEADER = 'X-SF-Conformance-Rule';

/** Prevents the mock from being mistaken for Salesforce: every page and a header of every answer name it. */

/** The sentence on every page. */
export const DISCLOSURE = 'This is a mock for conformance tests, not Salesforce.';

/** Name of a header of every answer, whose bodies are as on Salesforce. */
export const DISCLOSURE_HEADER = 'X-SF-Conformance-Mock';

/** Name of the header of a refusal by the policy: the rule's name and its requirement, or `platform`. */
export const RULE_HEADER = 'X-SF-Conformance-Rule';

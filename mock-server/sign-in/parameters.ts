/** Names the parameters that pass through oidc-provider with an authorization. Clients cannot set them, because their parameters are
 * copied by name. */

/** Parameter with the question to the user. */
export const QUESTION = 'salesforce_question';

/** Parameter with the signed-in user. */
export const PERSON = 'salesforce_person';

/** Parameter with the path of the site. */
export const SITE_PATH = 'salesforce_site_path';

/** Parameter with the display of pages. */
export const DISPLAY = 'salesforce_display';

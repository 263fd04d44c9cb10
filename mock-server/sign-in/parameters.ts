/** Parameters that go through oidc-provider with an authorization. Clients cannot set them: what they send is copied by name. */

/** What the user is to be asked. */
export const QUESTION = 'salesforce_question';

/** Who is signed in. */
export const PERSON = 'salesforce_person';

/** The path of the site. */
export const SITE_PATH = 'salesforce_site_path';

/** How pages look. */
export const DISPLAY = 'salesforce_display';

import { appWords, RETRIEVE_NEWER_WITH } from './rule-switch.ts';
import { namespaceHint } from './namespace-hint.ts';
import { settingsCheck } from './rule.ts';

export default settingsCheck({
  id: 'SET-ECA-SRC-1',
  level: 'MUST',
  title: 'The global OAuth settings of the External Client App are available',
  failure: 'The global OAuth settings of the External Client App are not among the files',
  why: 'Both settings are in a file that cannot be packaged and does not belong in source control, so a repository alone does not show them.',
  remedy:
    'Retrieve ExtlClntAppGlobalOauthSettings of the app into a temporary folder (API version 60 or newer), name that folder too, and delete it afterwards.',
  references: ['Metadata API ExtlClntAppGlobalOauthSettings'],
  requirements: ['SF-PKCE-ENABLED', 'SF-RTR-ENABLED'],
  notApplicable: 'No External Client App in the metadata lacks its global OAuth settings.',
  grade: ({ apps, leftOut = [] }) => {
    const global = leftOut.find(({ file }) => metadataSuffix(file) === 'ecaglbloauth');
    return apps
      .filter((app) => app.kind === 'external-client-app' && app.oauth.length === 0 && app.oauthPluginOff === undefined)
      .map((app) => ({
        verdict: 'inconclusive',
        app: app.name,
        place: app.place,
        diagnosis: namespaceHint(app, apps),
        message: `${appWords(app)}: no .ecaGlblOauth file names it, and PKCE and rotation are switched on only there.`,
        remedy:
          global === undefined
            ? `Run: sf project retrieve start --metadata ExtlClntAppGlobalOauthSettings --api-version ${String(RETRIEVE_NEWER_WITH)}.0 --output-dir <temporary folder>; then name that folder too, and delete it afterwards, since it holds the consumer key. The user who retrieves it needs the permission to view consumer secrets of External Client Apps in metadata.`
            : `The project leaves out ${global.file}: if it holds the settings of this app, name it as well.`,
      }));
  },
});

/** Returns the metadata type of a file in lower case: `a/Acme.ecaGlblOauth-meta.xml` → `ecaglbloauth`. */
function metadataSuffix(file: string): string {
  return file
    .replace(/-meta\.xml$/i, '')
    .replace(/^.*\./, '')
    .toLowerCase();
}

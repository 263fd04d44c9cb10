import { contradiction, withClientApp } from './client-app.ts';
import { settingsCheck, type SettingsFinding } from './rule.ts';

export default settingsCheck({
  id: 'SET-CROSS-TYPE',
  level: 'SHOULD',
  title: 'Configuration and metadata agree on whether the client is public or confidential',
  failure: 'Configuration and metadata disagree on whether the client is public or confidential',
  why: 'The rules for the client_secret are opposite for the two.',
  remedy: 'Correct app.client in the configuration, or isConsumerSecretOptional in the metadata.',
  references: ['Partner rule, Proof Key for Code Exchange'],
  requirements: [],
  notApplicable: 'No configuration of a client was given, or no app that belongs to it.',
  grade: withClientApp((app, client, about) =>
    app.oauth.flatMap((oauth): readonly SettingsFinding[] => {
      const { state, place } = oauth.isConsumerSecretOptional;
      if (state === 'unreadable' || state === 'repeated') return [];
      const metadata = state === 'true' ? 'public' : 'confidential';
      const at = { ...about, place };
      if (metadata === client.client)
        return [{ ...at, verdict: 'pass', message: `Both say that the client is ${metadata}.` }];
      const says =
        state === 'absent'
          ? 'leaves isConsumerSecretOptional out, which is false'
          : `sets isConsumerSecretOptional to ${state}`;
      return [
        {
          ...at,
          verdict: 'warn',
          message: contradiction(app, `the client is ${client.client}`, `${says}: it is made for a ${metadata} one`),
        },
      ];
    }),
  ),
});

/** Combines a mock and its recording for the entry points of the package and the control port. */
import type { Control, Mock } from '../../mock-server/mock.ts';
import type { LoadedConfig } from '../config/resolve.ts';
import { seeded } from '../run/random.ts';
import { exchangesOf, type ExchangeFilter, type RecordedExchange } from './exchanges.ts';
import { gradeRecorded, type Finding } from './grade.ts';
import { libraryBegin } from './options.ts';
import { openRace, race, type OpenRace, type RaceOptions, type RaceResult, type RaceSettings } from './race.ts';
import type { Recording } from './recording.ts';
import { createSignIn, type SignInOptions } from './sign-in.ts';

/** The parts to combine. */
export interface RecordedMockParts {
  readonly mock: Pick<Mock, 'loginUrl' | 'browserKey' | 'caFile'>;
  /** Control whose changes are recorded in `recording`. */
  readonly control: Control;
  readonly recording: Recording;
  /** Configuration of the app, and the requirement set to grade by. */
  readonly config: LoadedConfig;
}

/** The combined functions; `mock.ts` documents those that it passes on. */
export interface RecordedMock {
  readonly signIn: (url: string | URL, options?: SignInOptions) => Promise<URL>;
  readonly race: <T>(options: RaceOptions<T>) => Promise<RaceResult<T>>;
  /** Begins a race whose calls another process makes. */
  readonly openRace: (settings: RaceSettings) => OpenRace;
  readonly exchanges: (filter?: ExchangeFilter) => readonly RecordedExchange[];
  readonly grade: (ids?: readonly string[]) => Promise<readonly Finding[]>;
  /** Closes the browsers that `signIn` opened. */
  readonly close: () => void;
}

/** Creates the functions of one mock. */
export function recordedMock({ mock, control, recording, config }: RecordedMockParts): RecordedMock {
  const { loginUrl, browserKey, caFile } = mock;
  const browsers = createSignIn({ loginUrl, browserKey, caFile });
  const exchanges = (filter?: ExchangeFilter): readonly RecordedExchange[] =>
    exchangesOf(
      recording.events.map(({ event }) => event),
      filter,
    );
  const place = {
    ...{ control, recording, random: seeded(1, 'race') },
    refreshesSince: (from: number) => exchanges(({ seq, grantType }) => seq > from && grantType === 'refresh_token'),
  };
  return {
    signIn: (url, options) => browsers.signIn(url, options),
    race: (options) => race(place, options),
    openRace: (settings) => openRace(place, settings),
    exchanges,
    async grade(ids) {
      // Loaded on first use: most tests grade once, many never.
      const { loadRuleCatalogue } = await import('../run/catalogue.ts');
      const { checks } = await loadRuleCatalogue(config.rules);
      return gradeRecorded(recording.events, await libraryBegin(config), checks, ids);
    },
    close: () => {
      browsers.close();
    },
  };
}

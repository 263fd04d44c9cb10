/** Facts that a test from outside can never show, in words that apply to every run. */
export const LIMITS = [
  'The client was watched from outside: its requests, its answers, its output. Its code was not read.',
  'How tokens are kept (encryption, access, backups) cannot be seen on the wire. It can only be attested.',
  'A race that did not show up may still be there. The schedules that were tried are counted with each scenario.',
  'The mock behaves as Salesforce documents and is known to behave. It is not Salesforce; org settings, network and load differ.',
  'What passed, passed for the version and the configuration that were tested, on that day.',
] as const;

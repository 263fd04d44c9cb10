/** Defines requirement sets: dated editions of the partner rule, one JSON file each (docs/contract.md, section 7). */
import { z } from 'zod';

const text = z.string().trim().min(1);

const requirement = z.strictObject({
  id: text.regex(/^SF-[A-Z-]+$/),
  title: text,
  rule: text.describe('What the partner rule asks for, in our words.'),
  source: text.describe('Page and section that it is taken from.'),
  due: z.iso.date().describe('Last day to comply.'),
  answeredBy: z
    .enum(['checks', 'settings', 'people'])
    .describe('Who can answer it: checks of the client, the settings of the app, or people.'),
  checks: z
    .array(text)
    .describe(
      'Ids of the checks whose worst verdict is the requirement’s. Checks of settings name their requirements.',
    ),
  note: text.optional().describe('What no check can show, and who can.'),
});

/** Schema of one file of `suites/requirements/`. A published file is never changed: a new edition of the rule is a new file. */
export const requirementSetSchema = z
  .strictObject({
    $schema: text.optional(),
    id: text.regex(/^sf-partner-\d{4}-\d{2}$/),
    title: text.describe('What the set is, for people.'),
    source: text.describe('What it was taken from, and when.'),
    requirements: z.array(requirement).min(1),
  })
  .meta({ title: 'sf-conformance requirement set, version 1' });

/** A sentence of the partner rule, and the checks that answer it. */
export type Requirement = Readonly<z.output<typeof requirement>>;

/** A dated edition of the partner rule. */
export interface RequirementSet extends Readonly<
  Omit<z.output<typeof requirementSetSchema>, '$schema' | 'requirements'>
> {
  readonly requirements: readonly Requirement[];
}

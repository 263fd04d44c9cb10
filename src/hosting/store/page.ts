/** Pages of a list, newest first; a page begins after the last row of the one before it. */
import { sql, type SelectQueryBuilder } from 'kysely';
import { z } from 'zod';

/** The query of a list. `after`: the `next` of the page before; without it, or with anything else, the first page. */
export const pageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Which page of a list to return. */
export type PageRequest = Readonly<z.infer<typeof pageQuery>>;

/** Describes a list, newest first, and where the next page begins. */
export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional().describe('`after` of the next page.') });

interface Row {
  readonly id: string;
  readonly createdAt: Date;
}

/** Adds order and limits to a query over a table with `created_at` and `id`; it returns one row more than the page holds. */
export function older<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  { after, limit }: PageRequest,
): SelectQueryBuilder<DB, TB, O> {
  const [at = '', id = ''] = Buffer.from(after ?? '', 'base64url')
    .toString()
    .split(' ');
  const ordered = query.orderBy(sql`created_at desc, id desc`).limit(limit + 1);
  if (Number.isNaN(Date.parse(at)) || id === '') return ordered;
  return ordered.where(sql<boolean>`(created_at, id) < (${new Date(at).toISOString()}::timestamptz, ${id}::text)`);
}

/** Returns the page made of the rows that such a query returned. */
export function pageOf<T extends Row>(rows: readonly T[], { limit }: PageRequest) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items,
    next: more ? Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url') : undefined,
  };
}

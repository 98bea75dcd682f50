import fc from "fast-check";
import {
  type FilledMangoQuery,
  type MangoQuery,
  normalizeMangoQuery,
  prepareQuery,
  type RxDocumentData,
} from "rxdb";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { describe, expect, it } from "vitest";
import { getRxStorageSQLite } from "./storage.ts";
import {
  type Article,
  type Articles,
  FULL_ARTICLE_SCHEMA,
  openArticles,
  record,
} from "./testing/articles.ts";

type Step =
  | {
      readonly kind: "write";
      readonly articles: readonly {
        readonly article: Article;
        readonly deleted: boolean;
        readonly stale: boolean;
      }[];
    }
  | { readonly kind: "query"; readonly query: MangoQuery<Article> }
  | { readonly kind: "byId"; readonly ids: readonly string[]; readonly deleted: boolean }
  | { readonly kind: "cleanup" };

const id = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "ä", "Z", "10", "9");
const name = fc.constantFrom("", "apple", "Apple", "äpfel", "pear", "plum 🍑", "zz");
const article = fc.record({ id, name, shelf: fc.integer({ min: 0, max: 1_000 }), onSale: fc.boolean() });

const condition: fc.Arbitrary<NonNullable<MangoQuery<Article>["selector"]>> = fc.oneof(
  fc.constant({}),
  name.map((text) => ({ name: text })),
  fc.tuple(name, name).map(([low, high]) => ({ name: { $gte: low, $lt: high } })),
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 1_000 }))
    .map(([onSale, shelf]) => ({ onSale, shelf: { $gt: shelf } })),
  fc.integer({ min: 0, max: 1_000 }).map((shelf) => ({ shelf: { $lte: shelf } })),
  fc.array(id, { maxLength: 3 }).map((ids) => ({ id: { $in: ids } })),
  fc
    .tuple(name, fc.integer({ min: 0, max: 1_000 }))
    .map(([text, shelf]) => ({ $or: [{ name: text }, { shelf }] })),
);
const sort: fc.Arbitrary<NonNullable<MangoQuery<Article>["sort"]>> = fc.constantFrom(
  [{ id: "asc" }],
  [{ id: "desc" }],
  [{ name: "asc" }, { id: "asc" }],
  [{ shelf: "desc" }, { id: "asc" }],
  [{ onSale: "asc" }, { shelf: "asc" }, { id: "asc" }],
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      articles: fc.uniqueArray(fc.record({ article, deleted: fc.boolean(), stale: fc.boolean() }), {
        selector: (each) => each.article.id,
        minLength: 1,
        maxLength: 5,
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        selector: condition,
        sort,
        skip: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
        limit: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
      })
      .map(({ selector, sort: order, skip, limit }) => {
        const query: MangoQuery<Article> = {
          selector,
          sort: order,
          ...(skip === undefined ? {} : { skip }),
          ...(limit === undefined ? {} : { limit }),
        };
        return { kind: "query" as const, query };
      }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("byId" as const),
      ids: fc.uniqueArray(id, { maxLength: 4 }),
      deleted: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "cleanup" as const }) },
);

function prepared(query: MangoQuery<Article>) {
  const filled: FilledMangoQuery<Article> = normalizeMangoQuery(FULL_ARTICLE_SCHEMA, structuredClone(query));
  return prepareQuery(FULL_ARTICLE_SCHEMA, filled);
}

/** What one step answers, in a form that two storages can be compared by. */
async function perform(
  storage: Articles,
  known: Map<string, RxDocumentData<Article>>,
  each: Step,
  lwt: number,
  commit: boolean,
): Promise<unknown> {
  switch (each.kind) {
    case "write": {
      const rows = each.articles.map(({ article: content, deleted, stale }) => {
        const previous = known.get(content.id);
        const revision = Number(previous?._rev.split("-")[0] ?? 0) + 1;
        const document = record(content, { revision, lwt, deleted: deleted && previous !== undefined });
        if (previous === undefined) return { document };
        return { document, previous: stale ? { ...previous, _rev: "0-stale" } : previous };
      });
      const { error } = await storage.bulkWrite(rows, "test");
      const failed = new Set(error.map((each) => each.documentId));
      if (commit)
        for (const { document } of rows) if (!failed.has(document.id)) known.set(document.id, document);
      return error
        .map(({ status, documentId }) => ({ status, documentId }))
        .sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
    }
    case "query":
      return {
        found: (await storage.query(prepared(each.query))).documents,
        count: (
          await storage.count(
            prepared({ ...each.query, skip: undefined as never, limit: undefined as never }),
          )
        ).count,
      };
    case "byId":
      return [...(await storage.findDocumentsById([...each.ids], each.deleted))].sort((a, b) =>
        a.id < b.id ? -1 : 1,
      );
    case "cleanup":
      return storage.cleanup(0);
  }
}

describe("the till's storage beside RxDB's memory storage", () => {
  it("gives the same answers and tells the same changes, whatever is done", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        run += 1;
        const sqlite = await openArticles(getRxStorageSQLite({ file: ":memory:" }), {
          databaseName: `ours-${run}`,
          options: {},
        });
        const memory = await openArticles(getRxStorageMemory(), {
          databaseName: `theirs-${run}`,
          options: {},
        });
        const events: { readonly ours: unknown[]; readonly theirs: unknown[] } = { ours: [], theirs: [] };
        sqlite.changeStream().subscribe((bulk) => events.ours.push(bulk.events, bulk.checkpoint));
        memory.changeStream().subscribe((bulk) => events.theirs.push(bulk.events, bulk.checkpoint));
        const known = new Map<string, RxDocumentData<Article>>();
        let lwt = 1_000;
        for (const each of steps) {
          lwt += 1;
          const ours = await perform(sqlite, known, each, lwt, false);
          const theirs = await perform(memory, known, each, lwt, true);
          expect(ours).toEqual(theirs);
          if (each.kind === "cleanup")
            for (const [key, document] of known) if (document._deleted) known.delete(key);
        }
        expect(events.ours).toEqual(events.theirs);
        await sqlite.close();
        await memory.remove();
      }),
      { numRuns: 150 },
    );
  });

  it("lists what changed since a checkpoint in the order of writing, page by page, without skipping or repeating", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(article, { selector: (each) => each.id, minLength: 1, maxLength: 6 }), {
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 4 }),
        async (writes, limit) => {
          const sqlite = await openArticles(getRxStorageSQLite({ file: ":memory:" }), {
            databaseName: "changes",
            options: {},
          });
          const known = new Map<string, RxDocumentData<Article>>();
          let lwt = 1_000;
          for (const articles of writes) {
            lwt += 1;
            const rows = articles.map((content) => {
              const previous = known.get(content.id);
              const document = record(content, {
                revision: Number(previous?._rev.split("-")[0] ?? 0) + 1,
                lwt,
              });
              known.set(content.id, document);
              return previous === undefined ? { document } : { document, previous };
            });
            await sqlite.bulkWrite(rows, "test");
          }
          const listed: RxDocumentData<Article>[] = [];
          let checkpoint: { id: string; lwt: number } | undefined;
          for (;;) {
            const page = await sqlite.getChangedDocumentsSince!(limit, checkpoint);
            if (page.documents.length === 0) break;
            listed.push(...page.documents);
            checkpoint = page.checkpoint;
          }
          const expected = [...known.values()].sort(
            (a, b) => a._meta.lwt - b._meta.lwt || (a.id < b.id ? -1 : 1),
          );
          expect(listed.map((each) => each._meta.lwt)).toEqual(expected.map((each) => each._meta.lwt));
          expect(new Set(listed.map((each) => each.id))).toEqual(new Set(known.keys()));
          expect(listed).toHaveLength(known.size);
          await sqlite.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

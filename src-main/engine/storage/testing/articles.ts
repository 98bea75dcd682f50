import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BulkWriteRow,
  fillWithDefaultSettings,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type RxStorageInstance,
} from "rxdb";

/** A small document with the kinds of field that indexes are made of. */
export interface Article {
  readonly id: string;
  readonly name: string;
  readonly shelf: number;
  readonly onSale: boolean;
}

export const ARTICLE_SCHEMA: RxJsonSchema<Article> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 20 },
    name: { type: "string", maxLength: 20 },
    shelf: { type: "number", minimum: 0, maximum: 1_000, multipleOf: 1 },
    onSale: { type: "boolean" },
  },
  required: ["id", "name", "shelf", "onSale"],
  indexes: ["name", ["onSale", "shelf"], "shelf"],
};

export const FULL_ARTICLE_SCHEMA: RxJsonSchema<RxDocumentData<Article>> =
  fillWithDefaultSettings(ARTICLE_SCHEMA);

export type Articles = RxStorageInstance<Article, unknown, unknown>;
export type ArticleRow = BulkWriteRow<Article>;

/** One collection of articles on a storage, without a database around it. */
export async function openArticles<Internals, Options>(
  storage: RxStorage<Internals, Options>,
  { databaseName, options }: { readonly databaseName: string; readonly options: Options },
): Promise<RxStorageInstance<Article, Internals, Options>> {
  return storage.createStorageInstance<Article>({
    databaseInstanceToken: "test",
    databaseName,
    collectionName: "articles",
    schema: FULL_ARTICLE_SCHEMA,
    options,
    multiInstance: false,
    devMode: false,
  });
}

/** The document as RxDB writes it. `revision` counts its versions. */
export function record(
  article: Article,
  {
    revision,
    lwt,
    deleted = false,
  }: { readonly revision: number; readonly lwt: number; readonly deleted?: boolean },
): RxDocumentData<Article> {
  return { ...article, _deleted: deleted, _attachments: {}, _meta: { lwt }, _rev: `${revision}-test` };
}

/** A folder that goes when the test is over. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "onetill-storage-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

import { type Contents, type OnCopied, type RowSource, readAll } from "./contents.ts";
import { type NewShop, NotCopied } from "./held.ts";
import { requireSame } from "./verify.ts";

/** Fills a new shop with all rows and reads it again. Throws NotCopied where anything is not the same; nothing is published yet. */
export async function copyShop(from: RowSource, to: NewShop, onCopied: OnCopied): Promise<Contents> {
  let at = "";
  const contents = await filled().catch((error: unknown) => {
    if (error instanceof NotCopied) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new NotCopied(`The table ${at} cannot be copied: ${why}. Nothing was changed.`);
  });
  await requireSame(to, contents, onCopied);
  return contents;

  async function filled(): Promise<Contents> {
    const read = await readAll(from, {
      target: to.target,
      onCopied: (table, rows) => {
        at = table;
        onCopied(table, rows);
      },
    });
    await to.filled();
    return read;
  }
}

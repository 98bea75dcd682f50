import { type Contents, differences, type OnCopied, readAll } from "./contents.ts";
import { NotCopied, type ShopDatabase } from "./held.ts";

/** Reads a copy anew. Throws NotCopied where it does not hold what it should. */
export async function requireSame(
  { rows, database }: Pick<ShopDatabase, "rows" | "database">,
  wanted: Contents,
  onCopied: OnCopied,
): Promise<void> {
  if (database.engine === "sqlite") {
    const said = await database.all("PRAGMA integrity_check(3)");
    const [first] = said.map((row) => String(Object.values(row)[0]));
    if (first !== "ok") throw new NotCopied(`The copy is damaged: ${first}. It was thrown away.`);
  }
  const wrong = differences(wanted, await readAll(rows, { onCopied }));
  if (wrong.length > 0)
    throw new NotCopied(
      `The copy is not what was copied: ${wrong.join("; ")}. It was thrown away; nothing else was changed.`,
    );
}

import { DatabaseSync } from "node:sqlite";

/** How long it takes to read every row that a bare sync left in this file, milliseconds; the text is fetched, and not looked into. */
export function bareReadMs(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const start = performance.now();
    let characters = 0;
    for (const row of database.prepare("SELECT id, text FROM rows").iterate())
      characters += String(row.text).length;
    if (characters === 0) throw new Error(`${file} is empty`);
    return performance.now() - start;
  } finally {
    database.close();
  }
}

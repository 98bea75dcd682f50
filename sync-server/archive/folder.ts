import { mkdirSync, readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import type { ArchivedFile } from "./zip.ts";

/** Writes the files into a folder, which is made where there is none. Throws where it has something in it, and on a name that leads out of it. */
export async function writeFolder(
  folder: string,
  files: AsyncIterable<ArchivedFile> | Iterable<ArchivedFile>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} has something in it already`);
  for await (const { name, chunks } of files) {
    const path = resolve(folder, name);
    if (!path.startsWith(resolve(folder) + sep)) throw new Error(`${name} leads out of the folder`);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const file = await open(path, "w");
    try {
      for await (const chunk of chunks) await file.write(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

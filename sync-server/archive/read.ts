import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { unzipSync } from "fflate";

/** Files that came together, by their names; a file is read when it is asked for. */
export interface OpenedArchive {
  readonly names: readonly string[];
  /** Throws where there is no such file. */
  read(name: string): Uint8Array;
}

/** Opens a folder or a ZIP archive. Throws where it is neither. */
export function openArchive(path: string): OpenedArchive {
  return statSync(path).isDirectory() ? openFolder(path) : openZip(readFileSync(path));
}

export function openZip(bytes: Uint8Array): OpenedArchive {
  const files = new Map(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith("/")));
  return {
    names: [...files.keys()].sort(),
    read(name) {
      const file = files.get(name);
      if (file === undefined) throw new Error(`there is no ${name} in it`);
      return file;
    },
  };
}

function openFolder(path: string): OpenedArchive {
  const names = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
  return {
    names,
    read(name) {
      if (!names.includes(name)) throw new Error(`there is no ${name} in it`);
      return readFileSync(join(path, name));
    },
  };
}

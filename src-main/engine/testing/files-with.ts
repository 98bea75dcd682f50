import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file of a folder and of those in it in which one of these texts stands, as it is or in small letters. */
export function filesWith(folder: string, ...texts: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return texts.some((text) => bytes.includes(text) || bytes.includes(text.toLowerCase()));
    });
}

import { replaceFileBy } from "../replace-file.ts";
import { linesOf } from "./copy-lines.ts";

/**
 * Writes a second copy anew, out of pieces of the journal in their order: a power cut leaves the old one or the new one. Returns its length, bytes.
 * Throws what the disk throws; the old one is as it was then.
 */
export function writeCopy(
  file: string,
  pieces: Iterable<readonly { readonly id: string; readonly entry: string }[]>,
): Promise<number> {
  return replaceFileBy(file, async (fresh) => {
    let length = 0;
    for (const entries of pieces) {
      // Each is a fact by now, whatever commit it came with.
      const lines = Buffer.concat(entries.map((entry) => linesOf([entry])));
      await fresh.writeFile(lines);
      length += lines.length;
    }
    return length;
  });
}

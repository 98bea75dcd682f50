import { StringDecoder } from "node:string_decoder";

/** A line of NDJSON with its number, from 1; null where it is longer than any may be. */
export interface Line {
  readonly row: number;
  readonly text: string | null;
}

/** The lines of a stream that are not blank, one after another: never more is held than one line and what came with it. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, maxChars: number): AsyncGenerator<Line> {
  const decoder = new StringDecoder("utf8");
  let held = "";
  let isTooLong = false;
  let row = 0;
  function* ended(text: string): Generator<Line> {
    row += 1;
    const line = { row, text: isTooLong || text.length > maxChars ? null : text };
    isTooLong = false;
    if (line.text === null || line.text.trim() !== "") yield line;
  }
  for await (const piece of bytes) {
    const parts = (held + decoder.write(Buffer.from(piece))).split("\n");
    held = parts.pop() ?? "";
    for (const part of parts) yield* ended(part);
    if (held.length > maxChars) {
      isTooLong = true;
      held = "";
    }
  }
  held += decoder.end();
  if (held !== "" || isTooLong) yield* ended(held);
}

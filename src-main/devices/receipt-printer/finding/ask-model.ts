import type { Link, LinkPatience } from "../link.ts";

/** GS I 66 and 67: the maker's name and the model's, as text. */
const ASK_MAKER = Uint8Array.of(0x1d, 0x49, 66);
const ASK_MODEL = Uint8Array.of(0x1d, 0x49, 67);
/** An answer stands between this and a zero byte. */
const HEADER = 0x5f;
const MAX_NAME_CHARS = 60;

/** What a printer calls itself; empty where it does not say. Null: there is nobody to ask. */
export async function nameOf(
  link: Link,
  patience: LinkPatience,
  signal: AbortSignal,
): Promise<{ readonly maker: string; readonly model: string } | null> {
  const opened = await link.open(patience, signal);
  if (!opened.ok) return null;
  const wire = opened.value;
  try {
    const model = textIn(await wire.ask(ASK_MODEL, patience.statusMs));
    // Whoever did not understand the one question is not asked another.
    const maker = model === "" ? "" : textIn(await wire.ask(ASK_MAKER, patience.statusMs));
    return { maker, model };
  } finally {
    await wire.close();
  }
}

function textIn(answer: Uint8Array | "silent" | "closed"): string {
  if (typeof answer === "string") return "";
  const begin = answer.indexOf(HEADER);
  const end = answer.indexOf(0, begin + 1);
  if (begin === -1 || end === -1) return "";
  const text = Buffer.from(answer.subarray(begin + 1, end)).toString("latin1");
  return text
    .replaceAll(/[^\x20-\x7e]/g, "")
    .trim()
    .slice(0, MAX_NAME_CHARS);
}

import type { DraftDocument } from "./database.ts";
import type { DraftTable } from "./draft-table.ts";
import { parsed } from "./parsed.ts";
import { isPersonalDraft, SEALED_DRAFTS } from "./personal-drafts.ts";
import type { Drafts } from "./ports.ts";
import { openText, sealText } from "./seal.ts";
import type { Keys } from "./till-keys.ts";

/** What is sealed begins so; JSON never does. */
const SEALED = "sealed:";
const SEALED_TEXT = /^sealed:[\w-]+$/;

/** Whether a text is what a draft says, sealed or as JSON: so drafts in a hurt database are told from what was hurt. */
export function isDraftText(value: string): boolean {
  return SEALED_TEXT.test(value) || parsed(value) !== undefined;
}

/**
 * The till's small local state on disk: each put is one durable write, past RxDB (decision 38). What is said of people is sealed; the value of what does not open any more is
 * undefined.
 */
export function createDrafts(table: DraftTable, keys: Pick<Keys, "own">): Drafts {
  const kept = (id: string, value: unknown): string => {
    const text = JSON.stringify(value);
    return isPersonalDraft(id) ? SEALED + sealText(keys.own, id, text) : text;
  };
  const opened = ({ id, value }: DraftDocument): unknown => {
    const text = value.startsWith(SEALED) ? openText(keys.own, id, value.slice(SEALED.length)) : value;
    return text === null ? undefined : JSON.parse(text);
  };
  return {
    async get(id) {
      const found = table.live(id);
      return found === null ? undefined : opened(found);
    },
    async put(id, value) {
      table.put({ id, value: kept(id, value) });
    },
    async remove(id) {
      if (table.live(id) !== null) table.remove(id);
    },
    async list(prefix) {
      return table.beginning(prefix).map((draft) => ({ id: draft.id, value: opened(draft) }));
    },
  };
}

/**
 * Seals what an earlier version kept of people as it was. `scrub` leaves nothing of it in the files: it is done until it is noted that it was, for the
 * power may go before it. Throws what the disk throws.
 */
export async function sealPersonalDrafts(
  table: Pick<DraftTable, "beginning">,
  { drafts, scrub }: { readonly drafts: Drafts; readonly scrub: () => Promise<void> },
): Promise<void> {
  if ((await drafts.get(SEALED_DRAFTS)) === true) return;
  const all = table.beginning("");
  const open = all.filter(({ id, value }) => isPersonalDraft(id) && !value.startsWith(SEALED));
  for (const { id, value } of open) await drafts.put(id, JSON.parse(value));
  if (all.length > 0) await scrub();
  await drafts.put(SEALED_DRAFTS, true);
}

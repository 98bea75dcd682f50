import { join } from "node:path";
import { documentId } from "../../src-main/engine/journal/journal-document.ts";
import { COPY_FILE, readCopy } from "../../src-main/engine/journal/second-copy.ts";
import type { Journals } from "./found.ts";

/**
 * Where a till's second copy lacks what its database has and nobody is told so: whatever hurts one of the two, each receipt is in the other (decision 26). What the file has beyond that is a
 * commit that the database refused and that could not be taken back yet.
 */
export function copiesWrong(journals: Journals): readonly string[] {
  return [...journals].flatMap(([{ till }, entries]) => {
    if (till.journalIn !== "both")
      return till.engine.views.sync.current().records?.some(({ state }) => state === "oneCopy") !== true
        ? [`${till.name} has one copy of its journal, and does not say so`]
        : [];
    const copied = readCopy(join(till.folder, COPY_FILE))?.lines ?? [];
    const lacking = entries.map(documentId).find((id, place) => copied[place]?.id !== id);
    return lacking === undefined
      ? []
      : [`${till.name} has ${lacking} in its database alone, and does not say that it has one copy`];
  });
}

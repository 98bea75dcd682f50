import type { RxCollection } from "rxdb";
import type { DraftDocument } from "./database.ts";
import type { Drafts } from "./ports.ts";

/** The till's small local state on disk: each put is one durable write. */
export function createDrafts(collection: RxCollection<DraftDocument>): Drafts {
  return {
    async get(id) {
      const found = await collection.findOne(id).exec();
      return found === null ? undefined : JSON.parse(found.value);
    },
    async put(id, value) {
      await collection.incrementalUpsert({ id, value: JSON.stringify(value) });
    },
    async remove(id) {
      const found = await collection.findOne(id).exec();
      // RxDB keeps what a removed document said: nothing is to be left of it.
      await found?.incrementalModify((draft) => ({ ...draft, value: "", _deleted: true }));
    },
    async list(prefix) {
      const found = await collection
        .find({ selector: { id: { $gte: prefix, $lt: `${prefix}\uffff` } } })
        .exec();
      return found.map((draft) => ({ id: draft.id, value: JSON.parse(draft.value) }));
    },
  };
}

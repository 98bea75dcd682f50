import type { Instant, StoreId } from "#domain/ids.ts";
import { nextSending } from "#domain/reports/schedule.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { SavedViewRequest } from "#protocol/hq/reports.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { SavedView } from "./port.ts";

/** More views are not listed. */
const MAX_VIEWS = 200;
/** Of one owner: whoever saves without end would hide what others share, and mail without end. */
const MAX_OWN_VIEWS = 50;

/** Who asks for views. `sees`: whether they reach the stores of a code; `keeps`: whether they look after everybody's. */
export interface ViewAsker {
  readonly by: SavedView["owner"];
  readonly reach: readonly StoreId[] | null;
  readonly keeps: boolean;
}

export interface Views {
  /** Their own, those that are shared, and for whoever looks after them those that are sent. */
  list(asker: ViewAsker): Promise<readonly SavedView[]>;
  add(asker: ViewAsker, wanted: SavedViewRequest): Promise<Result<SavedView, "tooMany">>;
  change(asker: ViewAsker, id: string, wanted: SavedViewRequest): Promise<Result<SavedView, "noSuchView">>;
  remove(asker: ViewAsker, id: string): Promise<Result<null, "noSuchView">>;
  /** One that they may change. */
  own(asker: ViewAsker, id: string): Promise<SavedView | null>;
}

export function createViews({
  storage,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly newId: () => string;
}): Views {
  const nextAt = ({ mailing }: SavedViewRequest): Instant | null =>
    mailing === null ? null : nextSending(mailing.schedule, now());

  async function found(tx: ReadTransaction, asker: ViewAsker, id: string): Promise<SavedView | null> {
    const view = await tx.reportView(id);
    return view !== null && mayChangeView(asker, view) ? view : null;
  }

  return {
    list: (asker) =>
      storage.read(async (tx) => {
        const codes = new Map((await tx.stores()).map(({ code, store }) => [code, store]));
        const views = await tx.reportViews({ owner: asker.by.id, limit: MAX_VIEWS });
        return views.filter((view) => maySeeView(asker, view, codes));
      }),
    add: (asker, wanted) =>
      storage.write(async (tx) => {
        if ((await tx.reportViewsOf(asker.by.id)) >= MAX_OWN_VIEWS) return refused("tooMany");
        const view = { ...wanted, id: newId(), owner: asker.by, reach: asker.reach, nextAt: nextAt(wanted) };
        await tx.putReportView(view);
        return ok(view);
      }),
    change: (asker, id, wanted) =>
      storage.write(async (tx) => {
        const view = await found(tx, asker, id);
        if (view === null) return refused("noSuchView");
        // Whoever looks after a view of somebody else does not widen what it tells of.
        const isOwn = isOwner(asker, view);
        const changed = {
          ...view,
          ...wanted,
          reach: isOwn ? asker.reach : view.reach,
          nextAt: nextAt(wanted),
        };
        await tx.putReportView(changed);
        return ok(changed);
      }),
    remove: (asker, id) =>
      storage.write(async (tx) => {
        if ((await found(tx, asker, id)) === null) return refused("noSuchView");
        await tx.removeReportView(id);
        return ok(null);
      }),
    own: (asker, id) => storage.read((tx) => found(tx, asker, id)),
  };
}

function isOwner({ by }: ViewAsker, { owner }: SavedView): boolean {
  return owner.kind === by.kind && owner.id === by.id;
}

export function mayChangeView(asker: ViewAsker, view: SavedView): boolean {
  return isOwner(asker, view) || (asker.keeps && (view.shared || view.mailing !== null));
}

/** A shared view that names a store is for those who work there. */
function maySeeView(asker: ViewAsker, view: SavedView, codes: ReadonlyMap<string, StoreId>): boolean {
  if (mayChangeView(asker, view)) return true;
  if (!view.shared) return false;
  const { reach } = asker;
  if (reach === null || view.view.stores === null) return true;
  return view.view.stores.every((code) => {
    const store = codes.get(code.toUpperCase());
    return store !== undefined && reach.includes(store);
  });
}

import type { Closing, Exception } from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import type { NoticeDocument } from "#protocol/documents/notice.ts";
import { storeFeed } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { sha256Hex } from "../sync/signatures.ts";
import type { TaskRecord } from "./port.ts";

const NOTICE_ID_CHARS = 32;
/** Of one parameter, as a notice takes it. */
const MAX_DETAIL_CHARS = 500;

export type Raised = Omit<Exception, "raisedAt" | "closing"> & Partial<Pick<Exception, "closing">>;

/** Raises an exception and tells the tills of its store; false when it was raised before. */
export async function raiseException(publication: Publication, raised: Raised): Promise<boolean> {
  const exception: Exception = {
    id: raised.id,
    kind: raised.kind,
    store: raised.store,
    subject: raised.subject,
    raisedAt: publication.at,
    detail: shortened(raised.detail),
    closing: raised.closing ?? null,
  };
  const isNew = await publication.tx.raiseException(exception);
  if (isNew) await publishNotice(publication, exception);
  return isNew;
}

/** Says anew what an open exception is about, since more of the kind happened; false when there is none such or it was closed. */
export async function retellException(
  publication: Publication,
  exception: Exception,
  detail: Exception["detail"],
): Promise<boolean> {
  const told = shortened(detail);
  const isOpen = await publication.tx.retellException(exception.id, told);
  if (isOpen) await publishNotice(publication, { ...exception, detail: told });
  return isOpen;
}

/** Raises an exception, or says anew what it is about where it is open: more of the kind happened. */
export async function raiseOrRetell(publication: Publication, raised: Raised): Promise<void> {
  if (await raiseException(publication, raised)) return;
  const known = await publication.tx.exception(raised.id);
  if (known !== null) await retellException(publication, known, raised.detail);
}

/** Takes a customer's name out of an exception, open or not, and off the tills of its store. */
export async function forgetNameIn(publication: Publication, id: string): Promise<void> {
  const { tx } = publication;
  const exception = await tx.exception(id);
  if (exception?.detail.customer === undefined) return;
  const unnamed = { ...exception, detail: { ...exception.detail, customer: "–" } };
  await tx.redescribeException(id, unnamed.detail);
  const { store } = exception;
  const notice = { collection: "notices", id: noticeId(id) } as const;
  const isTold = store !== null && (await tx.liveDocument({ ...notice, feed: storeFeed(store) })) !== null;
  if (isTold) await publishNotice(publication, unnamed);
}

function shortened(detail: Exception["detail"]): Exception["detail"] {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [name, value.slice(0, MAX_DETAIL_CHARS)]),
  );
}

/** Closes an exception and tells its store so; false when it was closed before. */
export async function closeException(
  publication: Publication,
  exception: Exception,
  closing: Closing,
): Promise<boolean> {
  const isClosed = await publication.tx.closeException(exception.id, closing);
  if (!isClosed) return false;
  await publishNotice(publication, { ...exception, closing });
  for (const task of await publication.tx.openTasks())
    if (task.exception === exception.id) await endTask(publication, task);
  return true;
}

/** Takes a task off the store's tills: it was done, or what asked for it was settled otherwise. */
export async function endTask(publication: Publication, task: TaskRecord): Promise<void> {
  await publication.tx.putTask({ ...task, doneAt: publication.at });
  await publication.putNotice(task.store, { ...task.notice, resolved: true });
}

async function publishNotice(publication: Publication, exception: Exception): Promise<void> {
  const { id, kind, store, raisedAt, detail, closing } = exception;
  if (store === null) return;
  await publication.putNotice(store, {
    id: noticeId(id),
    kind,
    raisedAt,
    detail: { ...detail },
    resolved: closing !== null,
  });
}

/** Notices are named by a digest of what they come from: ids of the protocol are short. */
export function noticeId(name: string): NoticeDocument["id"] {
  return idOf<"Notice">(sha256Hex(name).slice(0, NOTICE_ID_CHARS));
}

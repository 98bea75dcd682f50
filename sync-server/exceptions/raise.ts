import type { Closing, Exception } from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import type { NoticeDocument } from "#protocol/documents/notice.ts";
import type { Publication } from "../sync/publisher.ts";
import { sha256Hex } from "../sync/signatures.ts";

/** A notice is named by a digest of what raised it: ids of the protocol are short. */
const NOTICE_ID_CHARS = 32;
/** Of one parameter, as a notice takes it. */
const MAX_DETAIL_CHARS = 500;

export type Raised = Omit<Exception, "raisedAt" | "closing"> & Partial<Pick<Exception, "closing">>;

/** Raises an exception and tells the tills of its store; false when it was raised before. */
export async function raiseException(publication: Publication, raised: Raised): Promise<boolean> {
  const detail = Object.fromEntries(
    Object.entries(raised.detail).map(([name, value]) => [name, value.slice(0, MAX_DETAIL_CHARS)]),
  );
  const exception: Exception = {
    id: raised.id,
    kind: raised.kind,
    store: raised.store,
    subject: raised.subject,
    raisedAt: publication.at,
    detail,
    closing: raised.closing ?? null,
  };
  const isNew = await publication.tx.raiseException(exception);
  if (isNew) await publishNotice(publication, exception);
  return isNew;
}

/** Closes an exception and tells its store so; false when it was closed before. */
export async function closeException(
  publication: Publication,
  exception: Exception,
  closing: Closing,
): Promise<boolean> {
  const isClosed = await publication.tx.closeException(exception.id, closing);
  if (isClosed) await publishNotice(publication, { ...exception, closing });
  return isClosed;
}

/** A task for the store's tills, beside the exception it comes from. */
export async function publishTask(
  publication: Publication,
  exception: Exception,
  task: Readonly<Record<string, string>>,
): Promise<void> {
  if (exception.store === null) return;
  const id = noticeId(`task:${exception.id}`);
  const detail = { ...exception.detail, ...task };
  await publication.putNotice(exception.store, {
    id,
    kind: exception.kind,
    raisedAt: publication.at,
    detail,
    resolved: false,
  });
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

function noticeId(name: string): NoticeDocument["id"] {
  return idOf<"Notice">(sha256Hex(name).slice(0, NOTICE_ID_CHARS));
}

import type { StoreAsk } from "#domain/access/roles.ts";
import type { Closing, Exception, ExceptionKind } from "#domain/exceptions/exceptions.ts";
import type { Instant, NoticeId, OrderId, StoreId } from "#domain/ids.ts";
import type { NoticeDocument } from "#protocol/documents/notice.ts";

/** What a store was asked to do about an exception, as its tills are told. */
export interface TaskRecord {
  /** The notice's id. */
  readonly id: NoticeId;
  /** Id of the exception. */
  readonly exception: string;
  readonly store: StoreId;
  readonly doneAt: Instant | null;
  readonly notice: NoticeDocument;
}

export interface ExceptionReads {
  exception(id: string): Promise<Exception | null>;
  /** Newest first. `store`: only those of these stores; left out: of all, and of none. */
  exceptions(limit: number, store?: StoreAsk): Promise<readonly Exception[]>;
  /** Newest first, those that nobody has closed. */
  openExceptions(limit: number, store?: StoreAsk): Promise<readonly Exception[]>;
  /** Those of one kind that nobody has closed, the oldest first. */
  openExceptionsOf(kind: ExceptionKind): Promise<readonly Exception[]>;
  /** Ids of those about an order, the oldest first. */
  exceptionsOf(order: OrderId): Promise<readonly string[]>;
  exceptionFigures(): Promise<ExceptionFigures>;
  task(id: NoticeId): Promise<TaskRecord | null>;
  /** Tasks that nobody has done, the oldest first. */
  openTasks(): Promise<readonly TaskRecord[]>;
}

/** From the event to its resolution. */
export interface ExceptionFigures {
  readonly open: number;
  readonly closed: number;
  /** Half of those that were closed took no longer; null where none was. */
  readonly medianMs: number | null;
}

export interface ExceptionWrites {
  /** False when an exception of this id was raised before. */
  raiseException(exception: Exception): Promise<boolean>;
  /** Says anew what an open exception is about; false when there is none such or it was closed. */
  retellException(id: string, detail: Exception["detail"]): Promise<boolean>;
  /** Says anew what an exception is about, whether it is open or not. */
  redescribeException(id: string, detail: Exception["detail"]): Promise<void>;
  /** False when there is none such or it was closed before. */
  closeException(id: string, closing: Closing): Promise<boolean>;
  /** Keeps a task as it is now. */
  putTask(task: TaskRecord): Promise<void>;
}

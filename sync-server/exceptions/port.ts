import type { StoreAsk, StoreReach } from "#domain/access/roles.ts";
import type { Assignee, Closing, Exception, ExceptionKind } from "#domain/exceptions/exceptions.ts";
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
  /** Those of these stores (null: all, and those of no store) that fit, a window of them, and how many there are in all. */
  exceptionsAsked(ask: ExceptionsAsk): Promise<{
    readonly exceptions: readonly Exception[];
    readonly total: number;
  }>;
  /** Open ones of these stores by kind. */
  openByKind(ask: {
    readonly stores: StoreReach;
    readonly overdueBefore: Readonly<Record<ExceptionKind, Instant>>;
  }): Promise<readonly { readonly kind: ExceptionKind; readonly open: number; readonly overdue: number }[]>;
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

export interface ExceptionsAsk {
  readonly stores: StoreReach;
  readonly state: "open" | "closed" | "all";
  /** Null: every kind. */
  readonly kind: ExceptionKind | null;
  /** By the id of whoever has taken it on; `nobody`: those that wait for somebody; null: whoever has it. */
  readonly assignee: string | "nobody" | null;
  readonly oldestFirst: boolean;
  readonly offset: number;
  readonly limit: number;
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
  /** Gives an open exception to somebody, or (null) to nobody; false when there is none such or it was closed. */
  assignException(id: string, to: Assignee | null): Promise<boolean>;
  /** Says anew what an exception is about, whether it is open or not. */
  redescribeException(id: string, detail: Exception["detail"]): Promise<void>;
  /** False when there is none such or it was closed before. */
  closeException(id: string, closing: Closing): Promise<boolean>;
  /** Keeps a task as it is now. */
  putTask(task: TaskRecord): Promise<void>;
}

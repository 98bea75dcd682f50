/** What is timed. */
export type SpanName =
  | "journal.ingest"
  | "feed.page"
  | "feed.newer"
  | "storage.read"
  | "storage.write"
  | "storage.aside"
  | "webhook.receive"
  | "webhook.send"
  | "shop.call"
  | "mail.send";

/**
 * All that a trace can say of what is timed: a closed list, so that nobody's name, address, number or token can come into one by the way. Tills are named by the
 * ids that the server gave them.
 */
export interface SpanFacts {
  readonly "http.request.method"?: string;
  /** The template of an address, never the address. */
  readonly "http.route"?: string;
  readonly "http.response.status_code"?: number;
  /** The class of an error, never its words: they quote. */
  readonly "error.type"?: string;
  readonly "onetill.till"?: string;
  /** Entries of a journal that were sent. */
  readonly "onetill.entries"?: number;
  readonly "onetill.collection"?: string;
  /** Text of a page, before it is compressed. */
  readonly "onetill.bytes"?: number;
  /** What came of it, in a word of the protocol or of the code. */
  readonly "onetill.outcome"?: string;
  /** How long a write waited for its turn, behind those of all servers; a batch of a journal also for those it is taken in with. */
  readonly "onetill.waited_ms"?: number;
  /** Which of the questions that are answered beside the server's thread. */
  readonly "onetill.question"?: string;
}

/** Adds to what a span says. */
export type Note = (facts: SpanFacts) => void;

/** The span of a request, which ends somewhere else than it began. */
export interface RequestSpan {
  /** What `work` does, and all that it sets off, belongs to this span. */
  run(work: () => void): void;
  end(facts: SpanFacts): void;
}

export interface Tracing {
  /** False: nothing is traced, and whoever could be traced is left as it is. */
  readonly isOn: boolean;
  /** Times `work` as a part of what is being timed here. What it throws ends the span as failed, and is thrown on. */
  within<T>(name: SpanName, facts: SpanFacts, work: (note: Note) => Promise<T>): Promise<T>;
  /** Whether something is being timed here. */
  readonly isWithin: boolean;
  /** Begins the span of a request; `traceparent` as the caller sent it (W3C Trace Context), looked at only where it is well-formed. */
  request(facts: SpanFacts, traceparent: string | undefined): RequestSpan;
  /** The headers that let another program carry on with the trace of this moment; none where there is none. */
  outgoing(): Readonly<Record<string, string>>;
  /** Sends what is still here, for so long as that is bearable. */
  close(): Promise<void>;
}

/** Where traces go, and how many of them. */
export interface TraceSettings {
  /** The whole address at which a collector takes OTLP over HTTP. */
  readonly url: string;
  /** Of the traces that begin here this part is kept, from 0 to 1; those that a caller began follow its word. */
  readonly share: number;
  readonly serviceName: string;
}

/** Nothing is traced, at no cost. */
export const NO_TRACES: Tracing = {
  isOn: false,
  isWithin: false,
  within: (_name, _facts, work) => work(() => undefined),
  request: () => ({ run: (work) => work(), end: () => undefined }),
  outgoing: () => ({}),
  close: async () => undefined,
};

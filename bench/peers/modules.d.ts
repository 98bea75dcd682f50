// What the programs here use of packages that are installed only on demand: without this the compiler would know nothing of them until somebody measured.

declare module "express" {
  export interface Answer {
    json(value: unknown): void;
    type(name: string): Answer;
    send(text: string): void;
    write(text: string): boolean;
    writeHead(status: number, headers: Readonly<Record<string, string>>): void;
    end(): void;
    flushHeaders(): void;
  }
  export interface Asked {
    readonly params: Readonly<Record<string, string | undefined>>;
    readonly query: Readonly<Record<string, string | undefined>>;
    readonly body: unknown;
    on(event: "close", listener: () => void): void;
  }
  export type Handler = (asked: Asked, answer: Answer) => void;
  export interface App {
    get(path: string, handler: Handler): void;
    post(path: string, ...handlers: Handler[]): void;
    use(...handlers: readonly unknown[]): void;
    listen(port: number, host: string, ready: () => void): import("node:http").Server;
  }
  interface Express {
    (): App;
    json(options: { readonly limit: string }): Handler;
    static(folder: string): Handler;
  }
  const express: Express;
  export default express;
}

declare module "express-pouchdb" {
  const pouchDbApp: (
    pouchDb: unknown,
    options: {
      readonly mode: "minimumForPouchDB";
      readonly inMemoryConfig: boolean;
      readonly logPath: string;
    },
  ) => unknown;
  export default pouchDbApp;
}

declare module "pouchdb" {
  export { default } from "pouchdb-browser";
}

declare module "pouchdb-browser" {
  interface Stored {
    readonly _id: string;
    readonly [field: string]: unknown;
  }
  interface Watching {
    on(event: "change", listener: (change: { readonly doc?: Stored }) => void): Watching;
    on(event: "paused", listener: () => void): Watching;
  }
  interface ReplicateOptions {
    readonly batch_size?: number;
    readonly live?: boolean;
    readonly retry?: boolean;
  }
  class PouchDB {
    static defaults(options: { readonly prefix: string }): typeof PouchDB;
    constructor(name: string);
    get(id: string): Promise<Stored & { readonly _rev: string }>;
    put(document: Stored): Promise<unknown>;
    bulkDocs(documents: readonly Stored[]): Promise<readonly { readonly ok?: boolean }[]>;
    info(): Promise<{ readonly doc_count: number }>;
    changes(options: {
      readonly live: true;
      readonly since: "now";
      readonly include_docs: true;
      readonly doc_ids: readonly string[];
    }): Watching;
    readonly replicate: {
      from(remote: PouchDB, options: ReplicateOptions): Promise<unknown> & Watching;
      to(remote: PouchDB, options: ReplicateOptions): Promise<unknown> & Watching;
    };
  }
  export default PouchDB;
}

declare module "rxdb-server/plugins/server" {
  export function createRxServer(options: {
    readonly database: unknown;
    readonly adapter: unknown;
    readonly port: number;
    readonly hostname: string;
  }): Promise<{
    readonly serverApp: import("express").App;
    addReplicationEndpoint(options: {
      readonly name: string;
      readonly collection: unknown;
    }): Promise<unknown>;
    start(): Promise<void>;
  }>;
}

declare module "rxdb-server/plugins/adapter-express" {
  export const RxServerAdapterExpress: unknown;
}

declare module "rxdb-server/plugins/replication-server" {
  export function replicateServer(options: {
    readonly collection: unknown;
    readonly replicationIdentifier: string;
    readonly url: string;
    readonly pull?: { readonly batchSize: number };
    readonly push?: { readonly batchSize: number };
    readonly live: boolean;
    readonly eventSource: unknown;
  }): {
    awaitInitialReplication(): Promise<void>;
    awaitInSync(): Promise<unknown>;
    readonly error$: import("rxjs").Observable<unknown>;
  };
}

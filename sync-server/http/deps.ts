import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import type { Enrolment } from "../sync/enrol.ts";
import type { Ingestion } from "../sync/ingest.ts";
import type { Leases } from "../sync/leases.ts";
import type { Publisher } from "../sync/publisher.ts";
import type { Pulls } from "../sync/pull.ts";
import type { Wakeups } from "../sync/wakeups.ts";

/** What the routes hand their requests to. */
export interface ServerDeps {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly enrolment: Enrolment;
  readonly ingestion: Ingestion;
  readonly pulls: Pulls;
  readonly leases: Leases;
  readonly wakeups: Wakeups;
  readonly now: () => Instant;
  readonly newId: () => string;
}

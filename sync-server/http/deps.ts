import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import { type Contacts, createContacts } from "../sync/contacts.ts";
import { createEnrolment, type Enrolment } from "../sync/enrol.ts";
import { createIngestion, type Ingestion } from "../sync/ingest.ts";
import { createLeases, type Leases } from "../sync/leases.ts";
import { createPublisher, type Publisher } from "../sync/publisher.ts";
import { createPulls, type Pulls } from "../sync/pull.ts";
import { Wakeups } from "../sync/wakeups.ts";

/** What the routes hand their requests to. */
export interface ServerDeps {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly enrolment: Enrolment;
  readonly ingestion: Ingestion;
  readonly pulls: Pulls;
  readonly leases: Leases;
  readonly wakeups: Wakeups;
  readonly contacts: Contacts;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** Puts the server's parts together on one storage; clock and ids come from outside. */
export function createDeps({
  storage,
  now,
  newId,
}: Pick<ServerDeps, "storage" | "now" | "newId">): ServerDeps {
  const wakeups = new Wakeups();
  const publisher = createPublisher({ storage, wakeups, now });
  return {
    storage,
    publisher,
    enrolment: createEnrolment({ storage, now, newId }),
    ingestion: createIngestion({ publisher, now }),
    pulls: createPulls({ storage, now }),
    leases: createLeases({ storage, now }),
    wakeups,
    contacts: createContacts({ storage, now }),
    now,
    newId,
  };
}

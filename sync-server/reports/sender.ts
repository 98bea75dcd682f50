import { keyMay } from "#domain/access/key-scopes.ts";
import type { Right } from "#domain/access/rights.ts";
import { mayAtHq, type StoreReach } from "#domain/access/roles.ts";
import { reachOf } from "#domain/access/users.ts";
import { type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import { reportCalled, rightOfGroup } from "#domain/reports/reports.ts";
import { nextSending } from "#domain/reports/schedule.ts";
import { periodOfView } from "#domain/reports/view.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import { afterTry } from "../mail/after-try.ts";
import type { MailPort, MailSent, ReportMail } from "../mail/port.ts";
import { type Sending, sendingBy } from "../mail/sending.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { composedReport } from "./compose.ts";
import type { ReportMailRecord, SavedView } from "./port.ts";
import type { ReportQuestion } from "./question.ts";
import type { Reports } from "./reports.ts";

const VIEWS_AT_A_TIME = 20;
const MAILS_AT_A_TIME = 10;
const MAX_FILE_ROWS = 10_000;
const DAY_CHARS = 10;
/** A mail on its way is nobody else's for so long. */
const CLAIM_MS = 15 * 60_000;
const KEPT_MS = 90 * 86_400_000;

/** As it delivers, it notes first what is due to be sent by now, each sending that was missed meanwhile once. */
export interface ReportSender extends Sending {
  /** Forgets what was sent long ago, and to whom. */
  tidy(): Promise<void>;
}

/**
 * Sends saved reports at their times, at least once to each recipient: a mail that was taken by the mail server but not noted here goes again
 * under the same Message-ID. Without a port nothing becomes due.
 */
export function createReportSender({
  storage,
  reports,
  port,
  now,
  chance,
}: {
  readonly storage: Storage;
  readonly reports: Pick<Reports, "rows">;
  readonly port: MailPort | null;
  readonly now: () => Instant;
  readonly chance: () => number;
}): ReportSender {
  async function work(by: MailPort, goesOn: () => boolean): Promise<void> {
    await storage.write(async (tx) => {
      for (const view of await tx.reportViewsDue({ at: now(), limit: VIEWS_AT_A_TIME })) {
        const { mailing, nextAt } = view;
        if (mailing === null || nextAt === null) continue;
        for (const [place, recipient] of mailing.recipients.entries())
          await tx.putReportMail(freshMail({ view, dueAt: nextAt, recipient, place, at: now() }));
        // What was missed meanwhile is sent with this one: the next is the first that is still to come.
        await tx.putReportView({ ...view, nextAt: nextSending(mailing.schedule, now()) });
      }
    });
    const due = await storage.read((tx) => tx.reportMailsDue({ at: now(), limit: MAILS_AT_A_TIME }));
    for (const mail of due) if (goesOn()) await sendOne(mail, by);
  }

  async function sendOne(due: ReportMailRecord, by: MailPort): Promise<void> {
    const claimed = await claim(due);
    if (claimed === null) return;
    const sent = await trySending(claimed, by);
    await storage.write((tx) => tx.putReportMail(afterTry(claimed, sent, { now: now(), chance: chance() })));
  }

  /** Notes that a try begins; null where another server has begun. */
  function claim({ id }: ReportMailRecord): Promise<ReportMailRecord | null> {
    return storage.write(async (tx) => {
      const mail = await tx.reportMail(id);
      if (mail === null || mail.state !== "waiting" || (mail.nextTryAt ?? 0) > now()) return null;
      const claimed = { ...mail, tries: mail.tries + 1, nextTryAt: instant(now() + CLAIM_MS) };
      await tx.putReportMail(claimed);
      return claimed;
    });
  }

  async function trySending(mail: ReportMailRecord, by: MailPort): Promise<MailSent> {
    try {
      const composed = await compose(mail);
      if (composed.ok) return await by.send(composed.value);
      return { ok: false, failure: composed.reason, isFinal: composed.reason !== BUSY };
    } catch (error) {
      return { ok: false, failure: `it could not be written: ${String(error)}`, isFinal: false };
    }
  }

  async function compose(mail: ReportMailRecord): Promise<Result<ReportMail, string>> {
    const found = await storage.read(async (tx) => {
      const saved = await tx.reportView(mail.view);
      const [first] = await tx.stores();
      if (saved === null) return null;
      const reach = await reachOfOwner(tx, saved);
      return {
        saved,
        isTheirs: reach.ok,
        question: reach.ok
          ? await questionOfView(tx, { ...saved, reach: both(saved.reach, reach.value) }, mail.dueAt)
          : null,
        retailer: first?.retailer ?? "Onetill",
      };
    });
    if (found === null) return refused("the saved report is not there any more");
    if (!found.isTheirs) return refused("whoever saved it may not have it sent any more");
    if (found.question === null) return refused("it is about stores that whoever saved it does not work for");
    const { saved, question, retailer } = found;
    const answer = await reports.rows(question, { offset: 0, limit: MAX_FILE_ROWS });
    if (!answer.ok) return refused(BUSY);
    return ok(
      composedReport({ id: mail.id, to: mail.recipient, retailer, saved, question, answer: answer.value }),
    );
  }

  return {
    ...sendingBy(async (goesOn) => {
      if (port !== null) await work(port, goesOn);
    }),
    tidy: () => storage.write((tx) => tx.purgeReportMails(instant(now() - KEPT_MS))),
  };
}

const BUSY = "too many reports are being made";

function freshMail({
  view,
  dueAt,
  recipient,
  place,
  at,
}: {
  readonly view: SavedView;
  readonly dueAt: Instant;
  readonly recipient: string;
  readonly place: number;
  readonly at: Instant;
}): ReportMailRecord {
  return {
    id: `report-${view.id}-${dueAt}-${place + 1}`,
    view: view.id,
    dueAt,
    recipient,
    state: "waiting",
    tries: 0,
    nextTryAt: at,
    sentAt: null,
    lastFailure: null,
  };
}

/** The stores that whoever saved a view works for by now; refused where they were dismissed, or may not see it or have it sent any more. */
async function reachOfOwner(
  tx: ReadTransaction,
  { owner, view }: SavedView,
): Promise<Result<StoreReach, "notTheirs">> {
  const needed = ["reports.edit", reportCalled(view.report).right, rightOfGroup(view.by)] as const;
  const hasAll = (may: (right: Right) => boolean) => needed.every((right) => right === null || may(right));
  if (owner.kind === "key") {
    const key = (await tx.apiKeys()).find(({ hash }) => hash.startsWith(owner.id));
    return key !== undefined && hasAll((right) => keyMay(key.scope, right)) ? ok(null) : refused("notTheirs");
  }
  const user = await tx.user(idOf<"User">(owner.id));
  return user?.active === true && hasAll((right) => mayAtHq(user.role, right))
    ? ok(reachOf(user))
    : refused("notTheirs");
}

/** The stores that are in both. */
function both(one: StoreReach, other: StoreReach): StoreReach {
  if (one === null || other === null) return one ?? other;
  return one.filter((store) => other.includes(store));
}

/** What a view asks on the day on which it is due, kept to the stores that whoever saved it works for; null where none of its stores is one. */
async function questionOfView(
  tx: ReadTransaction,
  { view, mailing, reach }: SavedView,
  dueAt: Instant,
): Promise<ReportQuestion | null> {
  const timeZone = mailing?.schedule.timeZone ?? "UTC";
  const today = idOf<"BusinessDay">(localTimeOf({ at: dueAt, timeZone }).slice(0, DAY_CHARS));
  const { report, by, channels, categories, compare } = view;
  const stores = await reachedStores(tx, view.stores, reach);
  if (stores !== null && stores.length === 0) return null;
  return { report, group: by, period: periodOfView(view, today), stores, channels, categories, compare };
}

async function reachedStores(
  tx: ReadTransaction,
  codes: readonly string[] | null,
  reach: readonly StoreId[] | null,
): Promise<readonly StoreId[] | null> {
  if (codes === null) return reach;
  const stores: StoreId[] = [];
  for (const code of codes) {
    const found = await tx.storeByCode(code.toUpperCase());
    if (found !== null && (reach === null || reach.includes(found.store))) stores.push(found.store);
  }
  return stores;
}

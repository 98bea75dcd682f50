import { type Instant, idOf, instant } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { formatReceiptNumber, parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import { IdentityFile, PLAIN_VAULT } from "../../src-main/engine/identity.ts";
import { DiskJournal } from "../../src-main/engine/journal/journal.ts";
import { type JournalStore, openJournalStore } from "../../src-main/engine/journal/open-store.ts";

const now = (): Instant => instant(Date.now());
const NOWHERE = { epoch: 0, seq: 0 };

/** Opens the journal of a till that is closed, as its start does. */
export async function openStore(dataDir: string): Promise<JournalStore> {
  const { verify } = await IdentityFile.load(dataDir, PLAIN_VAULT, { now });
  return openJournalStore({
    dataDir,
    verify,
    clock: { now },
    onCopyFailing: (error) => {
      throw error;
    },
  });
}

/** Repeats the last sale of a closed till until it has so many, each its own entry, sealed and committed as any. Returns their texts. */
export async function repeatSales(dataDir: string, count: number): Promise<readonly string[]> {
  const identity = await IdentityFile.load(dataDir, PLAIN_VAULT, { now });
  const store = await openStore(dataDir);
  let made = 0;
  const newId = (): string => {
    made += 1;
    return `repeated-${String(made).padStart(9, "0")}`;
  };
  try {
    const journal = await DiskJournal.open(
      {
        collection: store.database.journal,
        copy: store.copy,
        onHurt: () => undefined,
        onHurtOver: () => undefined,
        identity: () => identity.identity(),
        sign: identity.sign,
        verify: identity.verify,
        clock: { now },
        newId,
        appliedOf: () => NOWHERE,
        appliedEverywhere: () => NOWHERE,
      },
      NOWHERE,
    );
    const [last] = await journal.recentTickets(1);
    const number = parseReceiptNumber(last?.ticket.number ?? "");
    if (last === undefined || number === null) throw new Error("the till has not sold anything");
    for (let sale = journal.head.nextReceipt - 1; sale < count; sale += 1)
      await journal.append({
        staff: last.entry.staff,
        makeFact: ({ nextReceipt }) => ({
          type: "ticket.completed",
          ticket: {
            ...last.ticket,
            id: idOf<"Ticket">(newId()),
            basket: idOf<"Basket">(newId()),
            number: formatReceiptNumber({ ...number, counter: nextReceipt }),
          },
        }),
      });
    const texts: string[] = [];
    for await (const entry of journal.newestFirst())
      if (ticketOf(entry.fact) !== null) texts.push(JSON.stringify(entry));
    return texts;
  } finally {
    await store.close();
  }
}

import { z } from "zod";
import type { StaffId } from "#domain/ids.ts";
import { type Result, refused } from "#domain/result.ts";
import { idSchema } from "#protocol/scalars.ts";
import { type ReceiptMailRequest, receiptMailRequestSchema } from "#protocol/sync/receipt-mails.ts";
import { MAIL_DRAFT } from "../personal-drafts.ts";
import { durably } from "./durably.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** A mail that the server does not have yet, or that is not noted in the journal yet. */
export interface KeptMail {
  readonly request: ReceiptMailRequest;
  /** Who asked for it; null when the journal says already that it was sent. */
  readonly staff: StaffId | null;
  /** Why the server will not have it, in its words; null while it may. Such a mail stays here until somebody looks. */
  readonly refusal: string | null;
  /** Milliseconds since 1970; null where an earlier version kept it. */
  readonly keptAt: number | null;
}

/** A receipt that nobody could send for so long is forgotten, and with it the address. */
const MAX_KEPT_MS = 30 * 86_400_000;

const keptSchema: z.ZodType<KeptMail> = z.union([
  z.strictObject({
    request: receiptMailRequestSchema,
    staff: idSchema<"Staff">().nullable(),
    refusal: z.string().nullable(),
    keptAt: z.number().nullable(),
  }),
  // As an earlier version kept it, which wrote the journal first.
  receiptMailRequestSchema.transform((request) => ({ request, staff: null, refusal: null, keptAt: null })),
]);

/** Mails on the till's own disk, by their id. */
export class KeptMails {
  readonly #ports: Pick<ShopPorts, "clock" | "drafts" | "onTrouble">;

  constructor(ports: Pick<ShopPorts, "clock" | "drafts" | "onTrouble">) {
    this.#ports = ports;
  }

  /** Oldest first; what is kept too long is forgotten. One that cannot be read is told as trouble and left where it is. */
  async list(): Promise<readonly KeptMail[]> {
    const kept: KeptMail[] = [];
    for (const { value } of await this.#ports.drafts.list(MAIL_DRAFT)) {
      const read = keptSchema.safeParse(value);
      if (read.success) {
        const mail = read.data;
        const isOld = mail.keptAt !== null && this.#ports.clock.now() - mail.keptAt > MAX_KEPT_MS;
        if (isOld) await this.remove(mail);
        else kept.push(mail);
      } else this.#ports.onTrouble(new Error(`a receipt by e-mail cannot be read: ${read.error.message}`));
    }
    return kept;
  }

  async put(mail: KeptMail): Promise<Result<void, "storage">> {
    const kept = await durably(
      () => this.#ports.drafts.put(`${MAIL_DRAFT}${mail.request.id}`, mail),
      this.#ports.onTrouble,
    );
    return kept.ok ? kept : refused("storage");
  }

  /** What cannot be removed goes again after a restart, and counts once at the server. */
  async remove({ request }: KeptMail): Promise<void> {
    await durably(() => this.#ports.drafts.remove(`${MAIL_DRAFT}${request.id}`), this.#ports.onTrouble);
  }
}

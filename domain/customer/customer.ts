import type { CustomerId } from "../ids.ts";

export interface Customer {
  readonly id: CustomerId;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly cardNumber: string | null;
  /** BCP 47: how they are written to, and what their receipts are in. Absent: as their store. */
  readonly language?: string;
}
